//! Deskhand: the support desk that runs your procedures. This is the command line; `deskhand help` lists it.

mod commands;
mod customers;
mod demo;
mod exit;
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
    start_logging();
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

/// Logs go to standard error, so that what a command prints stays its own. `DESKHAND_LOG` chooses (such as `info,desk=debug`),
/// `DESKHAND_LOG_FORMAT=json` writes one JSON object a line.
fn start_logging() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("DESKHAND_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,server=info,deskhand=info"));
    let logging = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::env::var("DESKHAND_LOG_FORMAT").is_ok_and(|format| format == "json") {
        logging.json().init();
    } else {
        logging.with_target(false).init();
    }
}
