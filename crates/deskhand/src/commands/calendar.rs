//! `deskhand calendar …`: what a calendar of a handbook makes of a length of time.

use std::path::{Path, PathBuf};

use calendar::{Calendar as Hours, Span, SpanError};
use clap::{Args, Subcommand};
use desk::{Error, Result};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, Zoned};
use playbook::{Files, read_calendar};

use crate::exit;

/// Counts in the working time of a handbook's calendar.
#[derive(Subcommand)]
pub enum Calendar {
    /// Prints the time that a length of time leads to, in the calendar's zone (RFC 3339).
    Add {
        #[command(flatten)]
        place: Place,
        /// The length of time: `90m`, `24h`, `3 days`, `2 weeks`, `45 business minutes`, `8 business hours`,
        /// `3 business days`, `end of working day`.
        #[arg(long = "for", value_name = "DURATION")]
        length: String,
    },
    /// Prints the working time between two times as H:MM:SS, negative when the second comes first.
    Between {
        #[command(flatten)]
        place: Place,
        /// The second time, written like the first.
        #[arg(long, value_name = "TIME")]
        to: String,
    },
}

/// A calendar and the time to begin at.
#[derive(Args)]
pub struct Place {
    /// The calendar: a file like those in a handbook's `calendars`.
    file: PathBuf,
    /// The time to begin at: with an offset (`2026-11-16T09:00+01:00`), with a zone (`2026-11-16T09:00[Europe/Paris]`), or
    /// neither, which means the calendar's zone.
    #[arg(long, value_name = "TIME")]
    from: String,
}

impl Calendar {
    pub(super) fn run(self) -> Result<u8> {
        match self {
            Self::Add { place, length } => {
                let span = Span::parse(&length).map_err(|error| Error::invalid("bad-span", format!("{error}.")))?;
                place.with_calendar(|calendar, from| {
                    let there = calendar.add(from, &span)?;
                    warn_of_unknown_years(calendar, from, there);
                    println!("{}", there.display_with_offset(calendar.zone().to_offset(there)));
                    Ok(())
                })
            }
            Self::Between { place, to } => place.with_calendar(|calendar, from| {
                let to = read_time(&to, calendar.zone())?;
                warn_of_unknown_years(calendar, from, to);
                println!("{}", in_hours(calendar.between(from, to)));
                Ok(())
            }),
        }
    }
}

/// Why nothing was printed.
enum Failure {
    /// The command was not used as it is meant.
    Misuse(Error),
    /// It was, and the calendar has no answer.
    NoAnswer(SpanError),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Misuse(error)
    }
}

impl From<SpanError> for Failure {
    fn from(error: SpanError) -> Self {
        Self::NoAnswer(error)
    }
}

impl Place {
    /// Reads the calendar and the time, and has `answer` print what they come to; gives the exit code.
    fn with_calendar(&self, answer: impl FnOnce(&Hours, Timestamp) -> std::result::Result<(), Failure>) -> Result<u8> {
        let path = self.file.display().to_string();
        let text = read(&self.file)?;
        let calendar = match read_calendar(&path, &text) {
            Ok(calendar) => calendar,
            Err(findings) => {
                let files: Files = [(path, text)].into_iter().collect();
                for finding in &findings {
                    eprintln!("{}", finding.render(&files));
                }
                return Ok(exit::FAILURE);
            }
        };
        let from = read_time(&self.from, calendar.zone())?;
        match answer(&calendar, from) {
            Ok(()) => Ok(exit::SUCCESS),
            Err(Failure::Misuse(error)) => Err(error),
            Err(Failure::NoAnswer(error)) => {
                eprintln!("deskhand: {error}.");
                Ok(exit::FAILURE)
            }
        }
    }
}

fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file)
        .map_err(|error| Error::invalid("unreadable", format!("{} cannot be read: {error}.", file.display())))
}

/// Reads a time with a zone, with an offset, or as a civil time of `zone`: a time that the clocks skip there is moved
/// forward by the gap, of one that comes twice the first is meant.
fn read_time(text: &str, zone: &TimeZone) -> Result<Timestamp> {
    let read = if text.contains('[') {
        text.parse::<Zoned>().map(|zoned| zoned.timestamp())
    } else {
        let civil = || text.parse::<DateTime>()?.to_zoned(zone.clone()).map(|zoned| zoned.timestamp());
        text.parse::<Timestamp>().or_else(|_| civil())
    };
    read.map_err(|error| {
        Error::invalid("bad-time", format!("`{text}` is no time: {error}.")).advise(
            "Write 2026-11-16T09:00, with +01:00 or [Europe/Paris] behind it for another zone than the calendar's.",
        )
    })
}

/// Says on standard error when the holidays of some years are not known, so that nobody takes the answer for certain.
fn warn_of_unknown_years(calendar: &Hours, from: Timestamp, to: Timestamp) {
    if let Some(years) = calendar.unknown_years(from, to) {
        let (first, last) = (years.start(), years.end());
        eprintln!("deskhand: the public holidays from {first} to {last} are not known and were not counted.");
    }
}

/// `H:MM:SS`, without parts of a second.
fn in_hours(length: SignedDuration) -> String {
    let seconds = length.as_secs();
    let sign = if seconds < 0 { "-" } else { "" };
    let seconds = seconds.unsigned_abs();
    format!("{sign}{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}
