//! Benchmarks. Each prints rows of a table: a figure, its floor taken in the same run, their ratio, and what is aimed at.
//!
//! `cargo run --release -p bench -- all` measures everything; `--help` says what else there is.

mod bare;
mod http;
mod intake;
mod language;
mod list;
mod live;
mod machine;
mod memory;
mod meter;
mod pages;
mod place;
mod process;
mod replay;
mod replies;
mod report;
mod samples;
mod search;
mod seed;
mod served;
mod site;
mod smtp;
mod statements;
mod timers;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, ValueEnum};

use intake::Intake;
use place::{Database, Place};
use report::Report;

/// Whatever went wrong; a benchmark only reports it.
type Failure = Box<dyn std::error::Error + Send + Sync>;
type Result<T, E = Failure> = std::result::Result<T, E>;

/// Measures the desk.
#[derive(Parser)]
#[command(name = "bench")]
struct Arguments {
    /// What to measure.
    #[arg(value_enum)]
    figure: Figure,
    /// On which database; PostgreSQL is found in DESKHAND_TEST_POSTGRES.
    #[arg(long, value_enum, default_value = "sqlite")]
    database: Database,
    /// How often each figure is taken.
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Where the embedded databases are made: a folder on the disk that is meant to be measured.
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// The release binary, for `http`, `pages`, `live`, `start`, `memory`, `years` and `statements`; the one beside this program otherwise.
    #[arg(long, value_name = "FILE")]
    binary: Option<PathBuf>,
    /// How many tickets there are in `list`, `pages` and `years`.
    #[arg(long, default_value_t = 100_000)]
    tickets: i64,
    /// How many messages the search is measured with.
    #[arg(long, default_value_t = 1_000_000)]
    messages: i64,
    /// How many pages listen in `live`.
    #[arg(long, default_value_t = 5_000)]
    connections: usize,
    /// Lets the planner look at the tables of `list`, `pages` and `search` first, and PostgreSQL vacuum them, which it does by itself minutes later.
    #[arg(long)]
    analyzed: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Figure {
    /// A ticket by a form.
    Forms,
    /// A ticket by the API.
    Api,
    /// A ticket by mail.
    Mail,
    /// Replies that leave by SMTP.
    Replies,
    /// A ticket by the API over HTTP, asked of the release binary.
    Http,
    /// Lists of 50 of many tickets.
    List,
    /// Searches among many messages.
    Search,
    /// 10,000 timers that are due at once.
    Timers,
    /// The language: steps, compiling, checking, rehearsals.
    Language,
    /// Pages as HTML on a desk of many tickets, asked of the release binary.
    Pages,
    /// Pages that listen for what changes, on a connection each, to the release binary.
    Live,
    /// From the start of the process to its first answer.
    Start,
    /// Memory of a server at rest.
    Memory,
    /// Memory of a server on a desk of many tickets, at rest and in use.
    Years,
    /// All of them.
    All,
    /// No figure: a mail server that takes everything, for `replies`, until its input ends.
    Sink,
    /// No figure: the statements that one form, one request of the API, one mail, one answer and one timer execute, in order.
    Statements,
}

#[tokio::main]
async fn main() -> ExitCode {
    match measure(&Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn measure(arguments: &Arguments) -> Result<()> {
    if arguments.figure == Figure::Sink {
        return smtp::serve().await;
    }
    let place = Place::new(arguments.database, arguments.folder.clone())?;
    if arguments.figure == Figure::Statements {
        return statements::print(&place, arguments.binary.as_deref()).await;
    }
    let report = Report::begin(&place);
    let wanted = |figure| arguments.figure == figure || arguments.figure == Figure::All;
    if wanted(Figure::Forms) {
        intake::measure(&place, Intake::Form, arguments.runs, &report).await?;
    }
    if wanted(Figure::Api) {
        intake::measure(&place, Intake::Api, arguments.runs, &report).await?;
    }
    if wanted(Figure::Mail) {
        intake::measure(&place, Intake::Mail, arguments.runs, &report).await?;
    }
    if wanted(Figure::Replies) {
        replies::measure(&place, arguments.runs, &report).await?;
    }
    if wanted(Figure::List) {
        list::measure(&place, (arguments.tickets, arguments.analyzed), arguments.runs, &report).await?;
    }
    if wanted(Figure::Search) {
        search::measure(&place, (arguments.messages, arguments.analyzed), arguments.runs, &report).await?;
    }
    if wanted(Figure::Timers) {
        timers::measure(&place, arguments.runs, &report).await?;
    }
    let binary = arguments.binary.as_deref();
    if wanted(Figure::Pages) {
        pages::measure(&place, binary, (arguments.tickets, arguments.analyzed), arguments.runs, &report).await?;
    }
    if wanted(Figure::Live) {
        live::measure(&place, binary, arguments.connections, arguments.runs, &report).await?;
    }
    if !place.is_embedded() {
        report.remark("the rest of the binary, and the language, are measured with the embedded database");
        return Ok(());
    }
    if wanted(Figure::Language) {
        language::measure(arguments.runs, &report).await?;
    }
    if wanted(Figure::Http) {
        process::tickets_over_http(&place, binary, arguments.runs, &report)?;
    }
    if wanted(Figure::Start) || wanted(Figure::Memory) {
        process::start_and_rest(&place, binary, arguments.runs, &report).await?;
    }
    if wanted(Figure::Years) {
        memory::measure(&place, binary, arguments.tickets, arguments.runs, &report).await?;
    }
    Ok(())
}
