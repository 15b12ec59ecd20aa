//! The commands, one file each.

mod agent;
mod calendar;
mod check;
mod draw;
mod handbook;
mod lookup;
mod mail;
mod output;
mod serve;
mod setup_link;
mod simulate;
mod test;
mod token;

use clap::Subcommand;
use desk::Result;

/// Everything that the command line can do.
#[derive(Subcommand)]
pub enum Command {
    /// Runs the desk.
    Serve(serve::Serve),
    /// Says whether a handbook is sound.
    Check(check::Check),
    /// Plays one scenario of a handbook and prints what happens when.
    Simulate(simulate::Simulate),
    /// Plays all scenarios of a handbook.
    Test(test::Test),
    /// Draws the statechart of a playbook.
    Draw(draw::Draw),
    /// Exports, compares and publishes handbooks, describes them to editors, and moves tickets to a new one.
    #[command(subcommand)]
    Handbook(handbook::Handbook),
    /// Counts in the working time of a handbook's calendar.
    #[command(subcommand)]
    Calendar(calendar::Calendar),
    /// Asks another database what a look-up asks.
    #[command(subcommand)]
    Lookup(lookup::Lookup),
    /// Reads a mail, or delivers one to the desk.
    #[command(subcommand)]
    Mail(mail::Mail),
    /// Adds people, and lets somebody in who is locked out.
    #[command(subcommand)]
    Agent(agent::Agent),
    /// Prints a link with which somebody sets up a desk that nobody owns.
    SetupLink(setup_link::SetupLink),
    /// Makes tokens.
    #[command(subcommand)]
    Token(token::Token),
}

impl Command {
    /// Runs the command; gives its exit code.
    pub async fn run(self) -> Result<u8> {
        match self {
            Command::Serve(command) => command.run().await,
            Command::Check(command) => command.run(),
            Command::Simulate(command) => command.run().await,
            Command::Test(command) => command.run().await,
            Command::Draw(command) => command.run(),
            Command::Handbook(command) => command.run().await,
            Command::Calendar(command) => command.run(),
            Command::Lookup(command) => command.run().await,
            Command::Mail(command) => command.run().await,
            Command::Agent(command) => command.run().await,
            Command::SetupLink(command) => command.run().await,
            Command::Token(command) => command.run().await,
        }
    }
}
