//! Deskhand: the support desk that runs your procedures. This is the command line; `deskhand help` lists it.

mod commands;
mod customers;
mod demo;
mod exit;
mod logging;
mod master_key;
mod place;

use clap::Parser;

use commands::Command;

/// The support desk that runs your procedures.
#[derive(Parser)]
#[command(name = "deskhand", version, propagate_version = true, max_term_width = 100)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

fn main() -> std::process::ExitCode {
    let line = CommandLine::parse();
    let _log = logging::start(line.command.usual_log());
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("deskhand: the system refuses threads or sockets: {error}");
            return exit::FAILURE.into();
        }
    };
    match runtime.block_on(line.command.run()) {
        Ok(code) => code.into(),
        Err(error) => {
            eprintln!("deskhand: {error}");
            exit::of(&error).into()
        }
    }
}
