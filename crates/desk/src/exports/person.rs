//! All that is known of somebody, as one ZIP: `person.json` with their tickets and every message, and the files.

use std::io::{Cursor, Write};

use serde_json::{Value, json};
use store::{Conn, Id};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::queries;
use crate::attachments::{self, Shelf};
use crate::contacts::{self, Contact};
use crate::{Error, Result, organizations};

/// The most bytes of files; beyond them they are named only.
const FILES_MAX: i64 = 200 * 1024 * 1024;
/// The most tickets.
const TICKETS_MAX: u32 = 5_000;

/// All of it.
///
/// # Errors
/// When there is nobody of this id, and when the database or the shelf is away.
pub async fn archive(conn: &mut Conn, shelf: &Shelf, contact: Id) -> Result<Vec<u8>> {
    let found = contacts::find(conn, contact).await?.ok_or_else(|| Error::not_found("contact"))?;
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let (mut tickets, mut left) = (Vec::new(), FILES_MAX);
    for mut ticket in queries::tickets_of(conn, contact, TICKETS_MAX).await? {
        let mut messages = Vec::new();
        for (id, mut message) in queries::messages_of(conn, ticket.id, contact, ticket.is_theirs).await? {
            let mut files = Vec::new();
            for file in attachments::of_message(conn, id).await? {
                let path = format!("files/{}-{}", file.id, plain(&file.name));
                left -= file.size;
                let held = left >= 0 && shelf.has(&file.storage_key).await?;
                if held {
                    let bytes = shelf.read(&file.storage_key).await?;
                    put(&mut archive, &path, &bytes)?;
                }
                let place = if held { Value::from(path) } else { Value::Null };
                files.push(json!({"name": file.name, "type": file.kind, "size": file.size, "file": place}));
            }
            message["files"] = Value::from(files);
            messages.push(message);
        }
        ticket.data["messages"] = Value::from(messages);
        tickets.push(ticket.data);
    }
    let person = json!({"contact": person(conn, &found).await?, "tickets": tickets});
    put(&mut archive, "person.json", serde_json::to_string_pretty(&person)?.as_bytes())?;
    Ok(archive.finish().map_err(unwritten)?.into_inner())
}

async fn person(conn: &mut Conn, contact: &Contact) -> Result<Value> {
    let organization = match contact.organization {
        Some(organization) => organizations::find(conn, organization).await?,
        None => None,
    };
    let addresses: Vec<Value> = contacts::addresses(conn, contact.id)
        .await?
        .into_iter()
        .map(|known| json!({"address": known.address, "verified": known.verified, "since": known.since}))
        .collect();
    Ok(json!({
        "id": contact.id.to_string(),
        "name": contact.name,
        "addresses": addresses,
        "organization": organization.map(|found| json!({"key": found.key, "name": found.name})),
        "role": contact.role,
        "language": contact.language,
        "attributes": contact.attributes,
        "may": contacts::rights::of(conn, contact.id).await?,
    }))
}

fn put(archive: &mut ZipWriter<Cursor<Vec<u8>>>, path: &str, bytes: &[u8]) -> Result<()> {
    archive.start_file(path, SimpleFileOptions::default()).map_err(unwritten)?;
    archive.write_all(bytes).map_err(|error| Error::internal(format!("a file could not be written: {error}")))
}

fn unwritten(error: zip::result::ZipError) -> Error {
    Error::internal(format!("a file could not be written: {error}"))
}

/// A name that leads nowhere else when it is unpacked.
fn plain(name: &str) -> String {
    let kept = |c: char| if c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' };
    let name: String = name.chars().map(kept).take(100).collect();
    name.trim_start_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_name_leads_nowhere_else() {
        assert_eq!(plain("../../etc/passwd"), "_.._etc_passwd");
        assert_eq!(plain("relatório 1.pdf"), "relatório 1.pdf");
    }
}
