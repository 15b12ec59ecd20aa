use store::{Conn, Id, Result, Tx, sql};

use super::{Document, Index};

pub(super) async fn add(tx: &mut Tx, document: &Document) -> Result<()> {
    let adding = tx.engine().add_words(document.index.table(), document.id, &document.words);
    adding.execute(tx).await.map(drop)
}

pub(super) async fn remove(tx: &mut Tx, document: &Document) -> Result<()> {
    let removing = tx.engine().remove_words(document.index.table(), document.id, &document.words);
    removing.execute(tx).await.map(drop)
}

/// The newest people of the index of people that hold what is wanted.
pub(super) async fn people(conn: &mut Conn, wanted: String) -> Result<Vec<Id>> {
    let hits = conn.engine().newest_words(Index::People.table(), 1, 2, "");
    let rows = sql(hits).bind(wanted).bind(Id(i64::MAX)).all(conn).await?;
    rows.iter().map(|row| row.get("id")).collect()
}

/// What is not in the indexes yet: documents of this kind with lesser ids than this.
pub(super) async fn to_fill(conn: &mut Conn) -> Result<Option<(String, Id)>> {
    let row = sql("SELECT kind, below_id FROM words_to_fill ORDER BY kind LIMIT 1").optional(conn).await?;
    row.map(|row| Ok((row.get("kind")?, row.get("below_id")?))).transpose()
}

/// The same, so that no other process fills at the same time.
pub(super) async fn lock_to_fill(tx: &mut Tx) -> Result<Option<(String, Id)>> {
    let row = sql("SELECT kind, below_id FROM words_to_fill ORDER BY kind LIMIT 1").locking().optional(tx).await?;
    row.map(|row| Ok((row.get("kind")?, row.get("below_id")?))).transpose()
}

/// Whether documents of this kind with this id are still to be put in; then nobody does so before this transaction ends.
pub(super) async fn lock_if_to_fill(tx: &mut Tx, kind: &str, id: Id) -> Result<bool> {
    let row = sql("SELECT below_id FROM words_to_fill WHERE kind = $1").bind(kind).locking().optional(tx).await?;
    // Asked of the row as it is once it is locked: another process may have gone further meanwhile.
    row.map_or(Ok(false), |row| Ok(row.get::<Id>("below_id")? > id))
}

/// Marks every document that there is as not in the indexes yet; these are empty.
pub(super) async fn mark_all(tx: &mut Tx) -> Result<()> {
    sql("DELETE FROM words_to_fill").execute(tx).await?;
    sql("INSERT INTO words_to_fill (kind, below_id) SELECT kinds.kind, kinds.newest + 1 FROM (
            SELECT 'ticket' AS kind, MAX(id) AS newest FROM tickets
            UNION ALL SELECT 'message' AS kind, MAX(id) AS newest FROM messages
            UNION ALL SELECT 'organization' AS kind, MAX(id) AS newest FROM organizations
            UNION ALL SELECT 'contact' AS kind, MAX(id) AS newest FROM contacts
        ) AS kinds WHERE kinds.newest IS NOT NULL")
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn filled_down_to(tx: &mut Tx, kind: &str, below: Id) -> Result<()> {
    sql("UPDATE words_to_fill SET below_id = $2 WHERE kind = $1").bind(kind).bind(below).execute(tx).await.map(drop)
}

pub(super) async fn filled(tx: &mut Tx, kind: &str) -> Result<()> {
    sql("DELETE FROM words_to_fill WHERE kind = $1").bind(kind).execute(tx).await.map(drop)
}

pub(super) async fn tickets_below(tx: &mut Tx, id: Id, limit: u32) -> Result<Vec<Document>> {
    let rows = sql("SELECT id, number, subject FROM tickets WHERE id < $1 ORDER BY id DESC");
    let rows = rows.bind(id).limit(limit).all(tx).await?;
    rows.iter()
        .map(|row| Ok(Document::ticket(row.get("id")?, row.get("number")?, &row.get::<String>("subject")?)))
        .collect()
}

pub(super) async fn messages_below(tx: &mut Tx, id: Id, limit: u32) -> Result<Vec<Document>> {
    let rows = sql("SELECT id, kind, text FROM messages WHERE id < $1 ORDER BY id DESC");
    let rows = rows.bind(id).limit(limit).all(tx).await?;
    rows.iter()
        .map(|row| {
            let is_note = row.get::<String>("kind")? == "note";
            Ok(Document::message(row.get("id")?, is_note, &row.get::<String>("text")?))
        })
        .collect()
}

pub(super) async fn organizations_below(tx: &mut Tx, id: Id, limit: u32) -> Result<Vec<Document>> {
    let rows = sql("SELECT id, key, name FROM organizations WHERE id < $1 ORDER BY id DESC");
    let rows = rows.bind(id).limit(limit).all(tx).await?;
    rows.iter()
        .map(|row| {
            let (key, name): (String, String) = (row.get("key")?, row.get("name")?);
            Ok(Document::organization(row.get("id")?, &key, &name))
        })
        .collect()
}

pub(super) async fn contacts_below(tx: &mut Tx, id: Id, limit: u32) -> Result<Vec<Document>> {
    let rows = sql("SELECT id, name FROM contacts WHERE id < $1
        AND NOT EXISTS (SELECT 1 FROM stand_ins WHERE stand_ins.contact_id = contacts.id) ORDER BY id DESC");
    let rows = rows.bind(id).limit(limit).all(tx).await?;
    let mut documents = Vec::with_capacity(rows.len());
    for row in rows {
        let (id, name): (Id, Option<String>) = (row.get("id")?, row.get("name")?);
        documents.push(Document::contact(id, name.as_deref(), &addresses(tx, id).await?));
    }
    Ok(documents)
}

async fn addresses(conn: &mut Conn, contact: Id) -> Result<Vec<String>> {
    let rows = sql("SELECT address FROM contact_addresses WHERE contact_id = $1 ORDER BY place, created_at, address")
        .bind(contact)
        .all(conn)
        .await?;
    rows.iter().map(|row| row.get("address")).collect()
}
