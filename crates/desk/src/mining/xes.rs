//! An event log as XES (IEEE 1849): a trace for each ticket, with the standard attributes of the extensions Concept, Time and
//! Organizational. Colleagues appear as their ids alone.

use std::collections::BTreeMap;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};
use store::Id;

use super::log::{Log, Step};

/// The extensions that name the attributes: a name, a prefix, where it is defined.
const EXTENSIONS: [(&str, &str, &str); 3] = [
    ("Concept", "concept", "http://www.xes-standard.org/concept.xesext"),
    ("Time", "time", "http://www.xes-standard.org/time.xesext"),
    ("Organizational", "org", "http://www.xes-standard.org/org.xesext"),
];

/// The log as a document.
///
/// # Errors
/// None in practice: it is written to memory.
pub(super) fn of(log: &Log) -> io::Result<String> {
    let mut steps: BTreeMap<Id, Vec<&Step>> = BTreeMap::new();
    for step in &log.steps {
        steps.entry(step.ticket).or_default().push(step);
    }
    let mut writer = Writer::new(Vec::new());
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writer
        .create_element("log")
        .with_attribute(("xes.version", "1849-2016"))
        .with_attribute(("xes.features", ""))
        .with_attribute(("xmlns", "http://www.xes-standard.org/"))
        .write_inner_content(|log_writer| {
            for (name, prefix, uri) in EXTENSIONS {
                let extension = log_writer.create_element("extension");
                extension.with_attributes([("name", name), ("prefix", prefix), ("uri", uri)]).write_empty()?;
            }
            for (ticket, steps) in &steps {
                trace(log_writer, log, *ticket, steps)?;
            }
            Ok(())
        })?;
    String::from_utf8(writer.into_inner()).map_err(io::Error::other)
}

fn trace(writer: &mut Writer<Vec<u8>>, log: &Log, ticket: Id, steps: &[&Step]) -> io::Result<()> {
    let case = log.cases.get(&ticket);
    writer.create_element("trace").write_inner_content(|writer| {
        let number = case.map(|case| case.number.to_string()).unwrap_or_default();
        attribute(writer, "string", "concept:name", &number)?;
        for (key, value) in [
            ("playbook", case.map(|case| case.playbook.as_str())),
            ("team", case.and_then(|case| case.team.as_deref())),
            ("priority", case.map(|case| case.priority.as_str())),
        ] {
            if let Some(value) = value {
                attribute(writer, "string", key, value)?;
            }
        }
        steps.iter().try_for_each(|step| event(writer, step))
    })?;
    Ok(())
}

fn event(writer: &mut Writer<Vec<u8>>, step: &Step) -> io::Result<()> {
    writer.create_element("event").write_inner_content(|writer| {
        attribute(writer, "string", "concept:name", &step.event)?;
        attribute(writer, "date", "time:timestamp", &step.at.to_string())?;
        for (key, value) in [
            ("org:resource", step.agent.map(|id| format!("agent-{id}"))),
            ("from", step.from.clone()),
            ("to", step.entered.last().cloned()),
        ] {
            if let Some(value) = value {
                attribute(writer, "string", key, &value)?;
            }
        }
        Ok(())
    })?;
    Ok(())
}

fn attribute(writer: &mut Writer<Vec<u8>>, kind: &str, key: &str, value: &str) -> io::Result<()> {
    writer.create_element(kind).with_attributes([("key", key), ("value", value)]).write_empty()?;
    Ok(())
}
