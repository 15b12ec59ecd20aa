use jiff::Timestamp;
use store::{Conn, Id, Result, Row as Stored, Tx, sql};

use super::{Fate, Import, Kind, Row, State, Undone};

/// Begins an import, by whoever brings the file.
pub async fn begin(tx: &mut Tx, import: &Import, by: Option<Id>) -> Result<()> {
    sql("INSERT INTO imports (id, kind, state, file, columns, headers, by_id, by_name, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    .bind(import.id)
    .bind(import.kind.as_str())
    .bind(import.state.as_str())
    .bind(&import.file)
    .bind(serde_json::to_string(&import.columns).unwrap_or_default())
    .bind(serde_json::to_string(&import.headers).unwrap_or_default())
    .bind(by)
    .bind(&import.by)
    .bind(import.created_at)
    .execute(tx)
    .await
    .map(drop)
}

/// Says what its columns are taken for.
pub async fn set_columns(tx: &mut Tx, id: Id, columns: &[Option<String>]) -> Result<()> {
    sql("UPDATE imports SET columns = $2 WHERE id = $1")
        .bind(id)
        .bind(serde_json::to_string(columns).unwrap_or_default())
        .execute(tx)
        .await
        .map(drop)
}

/// Adds a row that was looked at, or looked at again.
pub async fn add(tx: &mut Tx, import: Id, row: &Row) -> Result<()> {
    sql("INSERT INTO import_rows (import_id, place, key, cells, outcome, why, carried)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (import_id, place) DO UPDATE SET key = excluded.key, outcome = excluded.outcome, why = excluded.why")
    .bind(import)
    .bind(row.place)
    .bind(&row.key)
    .bind(serde_json::to_string(&row.cells).unwrap_or_default())
    .bind(row.fate.as_str())
    .bind(serde_json::to_string(&row.why).unwrap_or_default())
    .bind(false)
    .execute(tx)
    .await
    .map(drop)
}

/// The import, held until the transaction ends, so that two who carry it out take turns.
pub async fn claim(tx: &mut Tx, id: Id) -> Result<Option<Import>> {
    let row = sql("SELECT id, kind, state, file, columns, headers, by_name, created_at FROM imports WHERE id = $1")
        .bind(id)
        .locking()
        .optional(tx)
        .await?;
    row.as_ref().map(import).transpose()
}

/// Says how far it is.
pub async fn set_state(tx: &mut Tx, id: Id, state: State, now: Timestamp) -> Result<()> {
    sql("UPDATE imports SET state = $2 WHERE id = $1").bind(id).bind(state.as_str()).execute(tx).await?;
    match state {
        State::Done => sql("UPDATE imports SET done_at = $2 WHERE id = $1").bind(id).bind(now).execute(tx).await,
        State::Undone => sql("UPDATE imports SET undone_at = $2 WHERE id = $1").bind(id).bind(now).execute(tx).await,
        _ => Ok(0),
    }
    .map(drop)
}

/// The next rows that were not carried out yet.
pub async fn next_of(tx: &mut Tx, import: Id, limit: u32) -> Result<Vec<Row>> {
    let rows = sql("SELECT place, key, cells, outcome, why, carried, person_id, stood, stands, undone FROM import_rows
        WHERE import_id = $1 AND NOT carried AND outcome <> 'refused' ORDER BY place");
    rows.bind(import).limit(limit).all(tx).await?.iter().map(row).collect()
}

/// The next rows that are to be put back, the last first.
pub async fn next_to_undo(tx: &mut Tx, import: Id, limit: u32) -> Result<Vec<Row>> {
    let rows = sql("SELECT place, key, cells, outcome, why, carried, person_id, stood, stands, undone FROM import_rows
        WHERE import_id = $1 AND carried AND outcome IN ('new', 'changed') AND undone IS NULL ORDER BY place DESC");
    rows.bind(import).limit(limit).all(tx).await?.iter().map(row).collect()
}

/// Notes what came of a row.
pub async fn carry(tx: &mut Tx, import: Id, row: &Row) -> Result<()> {
    sql("UPDATE import_rows SET outcome = $3, why = $4, carried = $5, person_id = $6, stood = $7, stands = $8
        WHERE import_id = $1 AND place = $2")
    .bind(import)
    .bind(row.place)
    .bind(row.fate.as_str())
    .bind(serde_json::to_string(&row.why).unwrap_or_default())
    .bind(row.carried)
    .bind(row.person)
    .bind(row.stood.as_deref())
    .bind(row.stands.as_deref())
    .execute(tx)
    .await
    .map(drop)
}

/// Notes what became of a row that is undone.
pub async fn undo(tx: &mut Tx, import: Id, place: i64, undone: Undone) -> Result<()> {
    sql("UPDATE import_rows SET undone = $3 WHERE import_id = $1 AND place = $2")
        .bind(import)
        .bind(place)
        .bind(undone.as_str())
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn find(conn: &mut Conn, id: Id) -> Result<Option<Import>> {
    let row = sql("SELECT id, kind, state, file, columns, headers, by_name, created_at FROM imports WHERE id = $1")
        .bind(id)
        .optional(conn)
        .await?;
    row.as_ref().map(import).transpose()
}

pub(super) async fn list(conn: &mut Conn, kind: Kind, before: Id, limit: u32) -> Result<Vec<Import>> {
    let rows = sql("SELECT id, kind, state, file, columns, headers, by_name, created_at FROM imports
        WHERE kind = $1 AND state <> 'reading' AND id < $2 ORDER BY id DESC");
    rows.bind(kind.as_str()).bind(before).limit(limit).all(conn).await?.iter().map(import).collect()
}

/// An import that nobody has touched since `before`.
pub(super) async fn older(conn: &mut Conn, before: Timestamp) -> Result<Option<Id>> {
    sql("SELECT id FROM imports WHERE COALESCE(undone_at, done_at, created_at) < $1
        ORDER BY COALESCE(undone_at, done_at, created_at), id LIMIT 1")
    .bind(before)
    .scalar(conn, "id")
    .await
}

/// Takes an import away with all of its rows.
pub async fn discard(tx: &mut Tx, id: Id) -> Result<()> {
    sql("DELETE FROM import_rows WHERE import_id = $1").bind(id).execute(tx).await?;
    sql("DELETE FROM imports WHERE id = $1").bind(id).execute(tx).await.map(drop)
}

/// Takes rows of an import away, and the import with the last of them; says how many.
pub(super) async fn clear(tx: &mut Tx, id: Id, limit: u32) -> Result<u64> {
    let rows = sql("SELECT place FROM import_rows WHERE import_id = $1 ORDER BY place").bind(id);
    let rows = rows.limit(limit).all(tx).await?;
    let mut cleared = 0;
    for row in &rows {
        let gone = sql("DELETE FROM import_rows WHERE import_id = $1 AND place = $2");
        cleared += gone.bind(id).bind(row.get::<i64>("place")?).execute(tx).await?;
    }
    if rows.len() < limit as usize {
        cleared += sql("DELETE FROM imports WHERE id = $1").bind(id).execute(tx).await?;
    }
    Ok(cleared)
}

pub(super) async fn counts(conn: &mut Conn, id: Id) -> Result<Vec<(Fate, i64)>> {
    let rows = sql("SELECT outcome, COUNT(*) AS n FROM import_rows WHERE import_id = $1 GROUP BY outcome");
    let rows = rows.bind(id).all(conn).await?;
    let mut counts = Vec::with_capacity(rows.len());
    for row in rows {
        if let Some(fate) = Fate::from_word(&row.get::<String>("outcome")?) {
            counts.push((fate, row.get("n")?));
        }
    }
    counts.sort_unstable();
    Ok(counts)
}

pub(super) async fn undone(conn: &mut Conn, id: Id) -> Result<Vec<(Undone, i64)>> {
    let rows = sql("SELECT undone, COUNT(*) AS n FROM import_rows WHERE import_id = $1 AND undone IS NOT NULL
        GROUP BY undone ORDER BY undone");
    let mut counts = Vec::new();
    for row in rows.bind(id).all(conn).await? {
        if let Some(undone) = Undone::from_word(&row.get::<String>("undone")?) {
            counts.push((undone, row.get("n")?));
        }
    }
    Ok(counts)
}

pub(super) async fn rows(conn: &mut Conn, id: Id, fate: Option<Fate>, after: i64, limit: u32) -> Result<Vec<Row>> {
    let query = match fate {
        None => {
            sql("SELECT place, key, cells, outcome, why, carried, person_id, stood, stands, undone FROM import_rows
            WHERE import_id = $1 AND place > $2 ORDER BY place")
            .bind(id)
            .bind(after)
        }
        Some(fate) => {
            sql("SELECT place, key, cells, outcome, why, carried, person_id, stood, stands, undone FROM import_rows
                WHERE import_id = $1 AND place > $2 AND outcome = $3 ORDER BY place")
            .bind(id)
            .bind(after)
            .bind(fate.as_str())
        }
    };
    query.limit(limit).all(conn).await?.iter().map(row).collect()
}

fn import(row: &Stored) -> Result<Import> {
    Ok(Import {
        id: row.get("id")?,
        kind: if row.get::<String>("kind")? == "contacts" { Kind::Contacts } else { Kind::Organizations },
        state: State::from_word(&row.get::<String>("state")?),
        file: row.get("file")?,
        headers: serde_json::from_str(&row.get::<String>("headers")?).unwrap_or_default(),
        columns: serde_json::from_str(&row.get::<String>("columns")?).unwrap_or_default(),
        by: row.get("by_name")?,
        created_at: row.get("created_at")?,
    })
}

fn row(row: &Stored) -> Result<Row> {
    Ok(Row {
        place: row.get("place")?,
        key: row.get("key")?,
        cells: serde_json::from_str(&row.get::<String>("cells")?).unwrap_or_default(),
        fate: Fate::from_word(&row.get::<String>("outcome")?).unwrap_or(Fate::Refused),
        why: serde_json::from_str(&row.get::<String>("why")?).unwrap_or_default(),
        carried: row.get("carried")?,
        person: row.get("person_id")?,
        stood: row.get("stood")?,
        stands: row.get("stands")?,
        undone: row.get::<Option<String>>("undone")?.and_then(|word| Undone::from_word(&word)),
    })
}
