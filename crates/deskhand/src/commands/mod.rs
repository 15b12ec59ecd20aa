//! The commands, one file each.

mod agent;
mod backup;
mod calendar;
mod check;
mod draw;
mod go_live;
mod handbook;
mod hook;
mod lookup;
mod mail;
mod mailbox;
mod outbox;
mod output;
mod restore;
mod serve;
mod setup_link;
mod simulate;
mod test;
mod token;

use clap::Subcommand;
use desk::Result;

use crate::logging::Usual;

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
    /// Connects mailboxes, lists them, and says whether they could be used.
    #[command(subcommand)]
    Mailbox(mailbox::Mailbox),
    /// Adds people, and lets somebody in who is locked out.
    #[command(subcommand)]
    Agent(agent::Agent),
    /// Prints a link with which somebody sets up a desk that nobody owns.
    SetupLink(setup_link::SetupLink),
    /// Makes, lists and takes away tokens.
    #[command(subcommand)]
    Token(token::Token),
    /// Says which other programs may submit a form.
    #[command(subcommand)]
    Hook(hook::Hook),
    /// Makes a backup of a desk while it works, or reads one again.
    Backup(backup::Backup),
    /// Restores a backup into an empty place, on either database.
    Restore(restore::Restore),
    /// Has a restored desk fetch and send mail.
    GoLive(go_live::GoLive),
    /// Says what becomes of mails that a restore holds.
    #[command(subcommand)]
    Outbox(outbox::Outbox),
}

impl Command {
    /// What it logs when nobody says otherwise.
    pub fn usual_log(&self) -> Usual {
        match self {
            Command::Serve(_) => Usual::Serving,
            Command::Test(_) | Command::Simulate(_) => Usual::Rehearsal,
            _ => Usual::Command,
        }
    }

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
            Command::Mailbox(command) => command.run().await,
            Command::Agent(command) => command.run().await,
            Command::SetupLink(command) => command.run().await,
            Command::Token(command) => command.run().await,
            Command::Hook(command) => command.run().await,
            Command::Backup(command) => command.run().await,
            Command::Restore(command) => command.run().await,
            Command::GoLive(command) => command.run().await,
            Command::Outbox(command) => command.run().await,
        }
    }
}
