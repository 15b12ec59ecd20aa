//! `deskhand handbook learn`: what phrases weigh, learnt from messages that a desk's own people judged.

use std::path::{Path, PathBuf};

use clap::Args;
use desk::handbook::tree;
use desk::imports::table;
use desk::runs::actions::registry;
use desk::{Error, Result};
use playbook::{Impact, Judged, Lesson, schema_documents};
use serde_json::Value;

use super::schema::unwritable;
use crate::exit;

/// The messages that the weights of the built-in handbook are learnt from, among others that are kept aside.
const CARRIED: [&str; 5] = [
    include_str!("../../../../../bench/labelled/impact.yaml"),
    include_str!("../../../../../bench/labelled/impact-harder.yaml"),
    include_str!("../../../../../bench/labelled/impact-more.yaml"),
    include_str!("../../../../../bench/labelled/impact-later.yaml"),
    include_str!("../../../../../bench/labelled/impact-texts.yaml"),
];
/// The most messages of one's own.
const MESSAGES_MAX: usize = 5_000;
/// The most bytes of a file.
const FILE_MAX: u64 = 64 * 1024 * 1024;

/// Learns what phrases weigh from judged messages, writes the file of weights anew, and says how well what is learnt from some judges others.
#[derive(Args)]
pub struct Learn {
    /// The handbook's folder.
    dir: PathBuf,
    /// Which rules: `impacts/NAME.yaml`, with `learned`.
    #[arg(long, value_name = "NAME")]
    impact: String,
    /// Judged messages: YAML, a list of `{ subject: …, body: …, urgent: true }`, or a table (CSV, .xlsx) with columns of these names. Once
    /// for each file.
    #[arg(long, value_name = "FILE", required = true)]
    from: Vec<PathBuf>,
    /// Learns from these alone, and not from those that the program carries as well.
    #[arg(long)]
    alone: bool,
    /// Says how well it would judge and writes nothing.
    #[arg(long)]
    dry_run: bool,
}

/// A message that people judged.
struct Message {
    subject: String,
    body: String,
    is_urgent: bool,
    is_known: bool,
}

impl Message {
    fn lesson(&self) -> Lesson<'_> {
        Lesson { subject: &self.subject, body: &self.body, is_urgent: self.is_urgent, is_known: self.is_known }
    }
}

impl Learn {
    pub(super) fn run(&self) -> Result<u8> {
        let files = tree::from_folder(&self.dir)?;
        let handbook = match playbook::compile(&files, &registry()) {
            Ok(handbook) => handbook,
            Err(findings) => {
                findings.iter().for_each(|finding| eprintln!("{}\n", finding.render(&files)));
                eprintln!("The handbook is not sound; nothing was learnt.");
                return Ok(exit::FAILURE);
            }
        };
        let impact = handbook.impacts.get(&self.impact).ok_or_else(|| {
            let known: Vec<&str> = handbook.impacts.keys().map(String::as_str).collect();
            Error::invalid("unknown-impact", format!("The handbook has no `impacts/{}.yaml`.", self.impact))
                .advise(format!("It has: {}.", if known.is_empty() { "none".to_owned() } else { known.join(", ") }))
        })?;
        let weights = impact.weights().ok_or_else(|| {
            Error::invalid("no-weights", format!("`impacts/{}.yaml` names no file of weights.", self.impact))
                .advise("Add `learned: { weights: …, priority: …, because: … }` and a file of that name to begin with.")
        })?;
        let own = self.own()?;
        let carried = if self.alone { Vec::new() } else { carried()? };
        let own: Vec<Lesson<'_>> = own.iter().map(Message::lesson).collect();
        let carried: Vec<Lesson<'_>> = carried.iter().map(Message::lesson).collect();
        self.tell(impact, &carried, &own);
        if !self.dry_run {
            let path = self.dir.join("impacts").join(format!("{weights}.yaml"));
            let text = impact.learn(weights, &[carried, own].concat());
            std::fs::write(&path, text).map_err(|error| unwritable(&path, &error))?;
            println!("{} is written anew. `deskhand test` and `deskhand handbook publish` come next.", path.display());
        }
        Ok(exit::SUCCESS)
    }

    /// Says what is learnt from, and how well the weights that are there and those that are learnt judge one's own messages.
    fn tell(&self, impact: &Impact, carried: &[Lesson<'_>], own: &[Lesson<'_>]) {
        println!("{} messages of yours, and {} that the program carries.", own.len(), carried.len());
        println!("By the weights that are there: {}", figures(impact.judge(own)));
        println!("Each by what the others teach: {}", figures(impact.try_out(carried, own)));
    }

    /// The messages of the files.
    fn own(&self) -> Result<Vec<Message>> {
        let mut own = Vec::new();
        for path in &self.from {
            own.extend(read(path)?);
            if own.len() > MESSAGES_MAX {
                return Err(Error::invalid("too-many", format!("There are more than {MESSAGES_MAX} messages."))
                    .advise("Give the newest of them."));
            }
        }
        let urgent = own.iter().filter(|message| message.is_urgent).count();
        if urgent == 0 || urgent == own.len() {
            return Err(Error::invalid("one-sided", "All of the messages were judged alike, so they teach nothing.")
                .advise("Give urgent ones and others, about as many as come in."));
        }
        Ok(own)
    }
}

fn figures(judged: Judged) -> String {
    let Judged { urgent, missed, called, wrongly } = judged;
    format!("of {urgent} urgent ones {missed} missed, of {called} called urgent {wrongly} wrongly.")
}

/// What the program carries to learn from; what is kept aside to be judged is left out.
fn carried() -> Result<Vec<Message>> {
    let mut carried = Vec::new();
    for text in CARRIED {
        for message in list("bench/labelled", text)? {
            let split = message["split"].as_str().unwrap_or_default();
            if ["tune", "learn", "more", "plain"].contains(&split) {
                carried.push(Message { is_known: ["tune", "more"].contains(&split), ..of_yaml(&message)? });
            }
        }
    }
    Ok(carried)
}

fn read(path: &Path) -> Result<Vec<Message>> {
    let named = |error: Error| Error { message: format!("{}: {}", path.display(), error.message), ..error };
    let unreadable = |error: std::io::Error| {
        Error::invalid("unreadable", format!("{} cannot be read: {error}.", path.display()))
            .advise("Give the path of a file that is there.")
    };
    if std::fs::metadata(path).map_err(unreadable)?.len() > FILE_MAX {
        return Err(named(Error::too_large("file", FILE_MAX as usize)));
    }
    let bytes = std::fs::read(path).map_err(unreadable)?;
    let is_yaml = path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml");
    if is_yaml { of_list(&path.display().to_string(), &bytes) } else { of_table(&bytes) }.map_err(named)
}

fn of_list(name: &str, bytes: &[u8]) -> Result<Vec<Message>> {
    let text = std::str::from_utf8(bytes).map_err(|_| Error::invalid("no-text", "This is not UTF-8."))?;
    let read = |(message, number): (&Value, usize)| {
        of_yaml(message).map_err(|error| Error { message: format!("message {number}: {}", error.message), ..error })
    };
    list(name, text)?.iter().zip(1..).map(read).collect()
}

/// The members of the lists in a text of YAML.
fn list(name: &str, text: &str) -> Result<Vec<Value>> {
    let documents = schema_documents(name, text).map_err(|finding| Error::invalid("no-yaml", finding.message))?;
    let members = documents.into_iter().map(|document| match document {
        Value::Array(members) => Ok(members),
        _ => Err(Error::invalid("no-list", "This is no list.").advise("Begin each message with `- `.")),
    });
    Ok(members.collect::<Result<Vec<_>>>()?.concat())
}

fn of_yaml(message: &Value) -> Result<Message> {
    let text = |key: &str| message[key].as_str().unwrap_or_default().to_owned();
    let is_urgent = message["urgent"].as_bool().ok_or_else(unjudged)?;
    Ok(Message { subject: text("subject"), body: text("body"), is_urgent, is_known: false })
}

fn unjudged() -> Error {
    Error::invalid("unjudged", "nobody said whether it is urgent.").advise("Write `urgent: true` or `urgent: false`.")
}

fn of_table(bytes: &[u8]) -> Result<Vec<Message>> {
    let table = table::read(bytes)?;
    let column = |name: &str| table.headers.iter().position(|header| header.eq_ignore_ascii_case(name));
    let (subject, body, urgent) = (column("subject"), column("body"), column("urgent"));
    let (Some(body), Some(urgent)) = (body, urgent) else {
        return Err(Error::invalid("no-columns", "The table has no columns `body` and `urgent`.")
            .advise("Name them so in the first row; `subject` is a third."));
    };
    let message = |(place, cells): &(i64, Vec<String>)| {
        let is_urgent = match cells[urgent].to_lowercase().as_str() {
            "true" | "yes" | "1" => true,
            "false" | "no" | "0" => false,
            other => {
                return Err(Error::invalid("unjudged", format!("row {place} says `{other}` under `urgent`."))
                    .advise("Write true or false."));
            }
        };
        let subject = subject.map(|subject| cells[subject].clone()).unwrap_or_default();
        Ok(Message { subject, body: cells[body].clone(), is_urgent, is_known: false })
    };
    table.rows.iter().map(message).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_carries_messages_but_none_that_are_kept_aside() {
        let carried = carried().unwrap();
        let all: usize = CARRIED.iter().map(|text| list("labelled", text).unwrap().len()).sum();
        assert!(carried.len() > 2_000 && carried.len() + 640 <= all, "{} of {all}", carried.len());
    }
}
