use jiff::Timestamp;
use store::{Conn, Error, Id, Result, Row, Tx, sql};

use super::fetching::Cursor;
use super::{After, Grant, Incoming, Mailbox, Outgoing, OutgoingLogin, Server, Trouble};
use crate::sealed::{Sealed, Secret};

const ALL: &str =
    "SELECT id, name, address, sender_name, team, playbook, tagged, in_host, in_port, in_security, in_user,
    in_password, folder, after_fetch, after_folder, out_host, out_port, out_security, out_login, out_user, out_password,
    endpoint, client_id, client_secret, refresh_token, token_scope, is_default, paused, since_at, version, created_at,
    failing_since, fault_code, fault, unsettled_since, unsettled_code, unsettled FROM connected_mailboxes";

pub(super) async fn hold_secrets(conn: &mut Conn) -> Result<bool> {
    let row = sql("SELECT id FROM connected_mailboxes
        WHERE COALESCE(in_password, out_password, client_secret, refresh_token) IS NOT NULL LIMIT 1");
    Ok(row.optional(conn).await?.is_some())
}

pub(super) async fn all(conn: &mut Conn) -> Result<Vec<Mailbox>> {
    sql(format!("{ALL} ORDER BY name")).all(conn).await?.iter().map(mailbox).collect()
}

pub(super) async fn find(conn: &mut Conn, id: Id) -> Result<Option<Mailbox>> {
    sql(format!("{ALL} WHERE id = $1")).bind(id).optional(conn).await?.as_ref().map(mailbox).transpose()
}

pub(super) async fn find_by_name(conn: &mut Conn, name: &str) -> Result<Option<Mailbox>> {
    sql(format!("{ALL} WHERE name = $1")).bind(name).optional(conn).await?.as_ref().map(mailbox).transpose()
}

/// The mailbox, held until the transaction ends.
pub(super) async fn lock(tx: &mut Tx, id: Id) -> Result<Option<Mailbox>> {
    sql(format!("{ALL} WHERE id = $1")).bind(id).locking().optional(tx).await?.as_ref().map(mailbox).transpose()
}

pub(super) async fn find_default(conn: &mut Conn) -> Result<Option<Mailbox>> {
    let query = sql(format!("{ALL} WHERE is_default ORDER BY id LIMIT 1"));
    query.optional(conn).await?.as_ref().map(mailbox).transpose()
}

/// The mailbox that a ticket came by, or the nearest of the tickets that opened it, `height` at most above it.
pub(super) async fn of_ticket_or_opener(conn: &mut Conn, ticket: Id, height: i64) -> Result<Option<Id>> {
    sql("WITH RECURSIVE above (ticket, height) AS (
            SELECT CAST($1 AS BIGINT), CAST(0 AS BIGINT)
            UNION ALL
            SELECT ticket_links.opener_id, above.height + 1 FROM above
            JOIN ticket_links ON ticket_links.child_id = above.ticket WHERE above.height < $2
        )
        SELECT mailbox_id FROM above JOIN ticket_mailboxes ON ticket_mailboxes.ticket_id = above.ticket
        ORDER BY above.height LIMIT 1")
    .bind(ticket)
    .bind(height)
    .scalar(conn, "mailbox_id")
    .await
}

pub(super) async fn is_own_address(conn: &mut Conn, key: &str) -> Result<bool> {
    let query = sql("SELECT 1 AS found FROM connected_mailboxes WHERE address_key = $1").bind(key);
    Ok(query.optional(conn).await?.is_some())
}

/// The names and addresses of mailboxes other than `id` that have this name or address.
pub(super) async fn namesakes(conn: &mut Conn, id: Id, name: &str, key: &str) -> Result<(bool, bool)> {
    let rows =
        sql("SELECT name, address_key FROM connected_mailboxes WHERE id <> $1 AND (name = $2 OR address_key = $3)")
            .bind(id)
            .bind(name)
            .bind(key)
            .all(conn)
            .await?;
    let (mut of_name, mut of_address) = (false, false);
    for row in &rows {
        of_name |= row.get::<String>("name")? == name;
        of_address |= row.get::<String>("address_key")? == key;
    }
    Ok((of_name, of_address))
}

pub(super) async fn insert(tx: &mut Tx, mailbox: &Mailbox) -> Result<()> {
    sql("INSERT INTO connected_mailboxes (id, name, address, address_key, tagged, is_default, paused, since_at, version,
        created_at, claimed_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, 0)")
    .bind(mailbox.id)
    .bind(&mailbox.name)
    .bind(&mailbox.address)
    .bind(mailbox.address.to_lowercase())
    .bind(mailbox.tagged)
    .bind(false)
    .bind(mailbox.paused)
    .bind(mailbox.since)
    .bind(mailbox.created_at)
    .execute(tx)
    .await?;
    update(tx, mailbox).await
}

/// Stores everything that people can change; what was wrong with the mailbox as it was is forgotten.
pub(super) async fn update(tx: &mut Tx, mailbox: &Mailbox) -> Result<()> {
    let (incoming, outgoing, grant) = (mailbox.incoming.as_ref(), mailbox.outgoing.as_ref(), mailbox.grant.as_ref());
    let after_folder = incoming.and_then(|incoming| match &incoming.after {
        After::Move(folder) => Some(folder.clone()),
        _ => None,
    });
    let (out_login, out_user, out_password) = match outgoing.map(|outgoing| &outgoing.login) {
        None => (None, None, None),
        Some(OutgoingLogin::Same) => (Some("same"), None, None),
        Some(OutgoingLogin::Nobody) => (Some("none"), None, None),
        Some(OutgoingLogin::Own { user, password }) => (Some("own"), Some(user.clone()), stored(password.as_ref())),
    };
    sql("UPDATE connected_mailboxes SET name = $2, address = $3, address_key = $4, sender_name = $5, team = $6,
        playbook = $7, tagged = $8, in_host = $9, in_port = $10, in_security = $11, in_user = $12, in_password = $13,
        folder = $14, after_fetch = $15, after_folder = $16, out_host = $17, out_port = $18, out_security = $19,
        out_login = $20, out_user = $21, out_password = $22, endpoint = $23, client_id = $24, client_secret = $25,
        refresh_token = $26, token_scope = $27, version = version + 1, failing_since = NULL, fault_code = NULL,
        fault = NULL, told_at = NULL, unsettled_since = NULL, unsettled_code = NULL, unsettled = NULL WHERE id = $1")
    .bind(mailbox.id)
    .bind(&mailbox.name)
    .bind(&mailbox.address)
    .bind(mailbox.address.to_lowercase())
    .bind(mailbox.sender_name.clone())
    .bind(mailbox.team.clone())
    .bind(mailbox.playbook.clone())
    .bind(mailbox.tagged)
    .bind(incoming.map(|incoming| incoming.server.host.clone()))
    .bind(incoming.map(|incoming| i64::from(incoming.server.port)))
    .bind(incoming.map(|incoming| incoming.server.security.as_str()))
    .bind(incoming.map(|incoming| incoming.user.clone()))
    .bind(incoming.and_then(|incoming| stored(incoming.password.as_ref())))
    .bind(incoming.map(|incoming| incoming.folder.clone()))
    .bind(incoming.map(|incoming| incoming.after.as_str()))
    .bind(after_folder)
    .bind(outgoing.map(|outgoing| outgoing.server.host.clone()))
    .bind(outgoing.map(|outgoing| i64::from(outgoing.server.port)))
    .bind(outgoing.map(|outgoing| outgoing.server.security.as_str()))
    .bind(out_login)
    .bind(out_user)
    .bind(out_password)
    .bind(grant.map(|grant| grant.endpoint.clone()))
    .bind(grant.map(|grant| grant.client_id.clone()))
    .bind(grant.and_then(|grant| stored(grant.client_secret.as_ref())))
    .bind(grant.map(|grant| grant.refresh_token.bytes().to_vec()))
    .bind(grant.and_then(|grant| grant.scope.clone()))
    .execute(tx)
    .await
    .map(drop)
}

/// Makes this mailbox the one that what came by none leaves through.
pub(super) async fn make_default(tx: &mut Tx, id: Id) -> Result<()> {
    sql("UPDATE connected_mailboxes SET is_default = (id = $1)").bind(id).execute(tx).await.map(drop)
}

/// Where no mailbox that sends is the default, the oldest that sends becomes it; one that sends no longer is none.
pub(super) async fn elect_default(tx: &mut Tx) -> Result<()> {
    sql("UPDATE connected_mailboxes SET is_default = (id = COALESCE(
        (SELECT MIN(id) FROM connected_mailboxes WHERE is_default AND out_host IS NOT NULL),
        (SELECT MIN(id) FROM connected_mailboxes WHERE out_host IS NOT NULL), 0))")
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn pause(tx: &mut Tx, id: Id, paused: bool) -> Result<bool> {
    let query = sql("UPDATE connected_mailboxes SET paused = $2, version = version + 1, failing_since = NULL,
        fault_code = NULL, fault = NULL, told_at = NULL WHERE id = $1");
    Ok(query.bind(id).bind(paused).execute(tx).await? == 1)
}

pub(super) async fn remove(tx: &mut Tx, id: Id) -> Result<()> {
    sql("DELETE FROM mailbox_cursors WHERE mailbox_id = $1").bind(id).execute(tx).await?;
    sql("DELETE FROM fetched_mails WHERE mailbox_id = $1").bind(id).execute(tx).await?;
    sql("DELETE FROM ticket_mailboxes WHERE mailbox_id = $1").bind(id).execute(tx).await?;
    sql("DELETE FROM connected_mailboxes WHERE id = $1").bind(id).execute(tx).await?;
    Ok(())
}

pub(super) async fn remember_ticket(tx: &mut Tx, ticket: Id, mailbox: Id) -> Result<()> {
    sql("INSERT INTO ticket_mailboxes (ticket_id, mailbox_id) VALUES ($1, $2) ON CONFLICT (ticket_id) DO NOTHING")
        .bind(ticket)
        .bind(mailbox)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn keep_refresh_token(tx: &mut Tx, id: Id, token: &Sealed<Secret>) -> Result<()> {
    sql("UPDATE connected_mailboxes SET refresh_token = $2 WHERE id = $1")
        .bind(id)
        .bind(token.bytes())
        .execute(tx)
        .await
        .map(drop)
}

/// Claims for `node` a mailbox that is to be fetched from and that nobody else holds at `now`; or keeps what it has.
pub(super) async fn claim(tx: &mut Tx, id: Id, node: i64, now: Timestamp, until: Timestamp) -> Result<bool> {
    let query = sql("UPDATE connected_mailboxes SET claimed_by = $2, claimed_until = $4
        WHERE id = $1 AND (claimed_until <= $3 OR claimed_by = $2) AND in_host IS NOT NULL AND NOT paused");
    Ok(query.bind(id).bind(node).bind(now).bind(until).execute(tx).await? == 1)
}

pub(super) async fn release(tx: &mut Tx, id: Id, node: i64) -> Result<()> {
    sql("UPDATE connected_mailboxes SET claimed_until = 0 WHERE id = $1 AND claimed_by = $2")
        .bind(id)
        .bind(node)
        .execute(tx)
        .await
        .map(drop)
}

pub(super) async fn release_claims(tx: &mut Tx, ends_after: Timestamp) -> Result<u64> {
    let query = sql("UPDATE connected_mailboxes SET claimed_until = 0 WHERE claimed_until > $1");
    query.bind(ends_after).execute(tx).await
}

pub(super) async fn cursor(conn: &mut Conn, id: Id, folder: &str) -> Result<Option<Cursor>> {
    let query = sql("SELECT uid_validity, uid_next FROM mailbox_cursors WHERE mailbox_id = $1 AND folder = $2");
    let row = query.bind(id).bind(folder).optional(conn).await?;
    row.map(|row| Ok(Cursor { uid_validity: row.get("uid_validity")?, uid_next: row.get("uid_next")? })).transpose()
}

pub(super) async fn keep_cursor(tx: &mut Tx, id: Id, folder: &str, cursor: Cursor) -> Result<()> {
    sql("INSERT INTO mailbox_cursors (mailbox_id, folder, uid_validity, uid_next, renumbered) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (mailbox_id, folder) DO UPDATE SET uid_validity = excluded.uid_validity,
        uid_next = excluded.uid_next,
        renumbered = (mailbox_cursors.renumbered OR mailbox_cursors.uid_validity <> excluded.uid_validity)")
    .bind(id)
    .bind(folder)
    .bind(cursor.uid_validity)
    .bind(cursor.uid_next)
    .bind(false)
    .execute(tx)
    .await
    .map(drop)
}

/// Whether a folder's mails were numbered anew since it is fetched.
pub(super) async fn was_renumbered(conn: &mut Conn, id: Id, folder: &str) -> Result<bool> {
    let query = sql("SELECT renumbered FROM mailbox_cursors WHERE mailbox_id = $1 AND folder = $2");
    Ok(query.bind(id).bind(folder).scalar(conn, "renumbered").await?.unwrap_or(false))
}

/// Remembers a mail by its digest; says whether it is new.
pub(super) async fn remember_mail(tx: &mut Tx, id: Id, digest: &str) -> Result<bool> {
    let query = sql("INSERT INTO fetched_mails (mailbox_id, digest) VALUES ($1, $2) ON CONFLICT DO NOTHING");
    Ok(query.bind(id).bind(digest).execute(tx).await? == 1)
}

/// Notes that fetching fails; what it failed by before is replaced, since when is not.
pub(super) async fn fails(tx: &mut Tx, id: Id, (code, words): (&str, &str), now: Timestamp) -> Result<()> {
    sql("UPDATE connected_mailboxes SET failing_since = COALESCE(failing_since, $4), fault_code = $2, fault = $3
        WHERE id = $1")
    .bind(id)
    .bind(code)
    .bind(words)
    .bind(now)
    .execute(tx)
    .await
    .map(drop)
}

/// Notes that fetching works.
pub(super) async fn works(tx: &mut Tx, id: Id) -> Result<()> {
    let query =
        sql("UPDATE connected_mailboxes SET failing_since = NULL, fault_code = NULL, fault = NULL, told_at = NULL
        WHERE id = $1 AND failing_since IS NOT NULL");
    query.bind(id).execute(tx).await.map(drop)
}

/// Notes that fetched mails stay as they were; why they did before is replaced, since when is not.
pub(super) async fn unsettled(tx: &mut Tx, id: Id, (code, words): (&str, &str), now: Timestamp) -> Result<()> {
    sql("UPDATE connected_mailboxes SET unsettled_since = COALESCE(unsettled_since, $4), unsettled_code = $2,
        unsettled = $3 WHERE id = $1")
    .bind(id)
    .bind(code)
    .bind(words)
    .bind(now)
    .execute(tx)
    .await
    .map(drop)
}

/// Notes that what was chosen is done with fetched mails.
pub(super) async fn settles(tx: &mut Tx, id: Id) -> Result<()> {
    sql("UPDATE connected_mailboxes SET unsettled_since = NULL, unsettled_code = NULL, unsettled = NULL WHERE id = $1")
        .bind(id)
        .execute(tx)
        .await
        .map(drop)
}

/// Notes that people were told, unless they were already.
pub(super) async fn note_told(tx: &mut Tx, id: Id, now: Timestamp) -> Result<bool> {
    let query = sql("UPDATE connected_mailboxes SET told_at = $2 WHERE id = $1 AND told_at IS NULL");
    Ok(query.bind(id).bind(now).execute(tx).await? == 1)
}

fn stored(secret: Option<&Sealed<Secret>>) -> Option<Vec<u8>> {
    secret.map(|secret| secret.bytes().to_vec())
}

fn sealed(row: &Row, column: &str) -> Result<Option<Sealed<Secret>>> {
    Ok(row.get::<Option<Vec<u8>>>(column)?.map(Sealed::stored))
}

fn mailbox(row: &Row) -> Result<Mailbox> {
    Ok(Mailbox {
        id: row.get("id")?,
        name: row.get("name")?,
        address: row.get("address")?,
        sender_name: row.get("sender_name")?,
        team: row.get("team")?,
        playbook: row.get("playbook")?,
        tagged: row.get("tagged")?,
        incoming: incoming(row)?,
        outgoing: outgoing(row)?,
        grant: grant(row)?,
        is_default: row.get("is_default")?,
        paused: row.get("paused")?,
        since: row.get("since_at")?,
        version: row.get("version")?,
        created_at: row.get("created_at")?,
        trouble: trouble(row, ("failing_since", "fault_code", "fault"))?,
        unsettled: trouble(row, ("unsettled_since", "unsettled_code", "unsettled"))?,
    })
}

fn trouble(row: &Row, (since, code, words): (&str, &str, &str)) -> Result<Option<Trouble>> {
    let Some(since) = row.get::<Option<Timestamp>>(since)? else { return Ok(None) };
    let text = |column: &str| Ok::<_, Error>(row.get::<Option<String>>(column)?.unwrap_or_default());
    Ok(Some(Trouble { since, code: text(code)?, words: text(words)? }))
}

fn incoming(row: &Row) -> Result<Option<Incoming>> {
    let Some(server) = server(row, ("in_host", "in_port", "in_security"))? else { return Ok(None) };
    let after = After::read(&row.get::<String>("after_fetch")?, row.get("after_folder")?);
    Ok(Some(Incoming {
        server,
        user: row.get("in_user")?,
        password: sealed(row, "in_password")?,
        folder: row.get("folder")?,
        after: after.ok_or_else(|| wrong("after_fetch", "names nothing that can be done with a mail"))?,
    }))
}

fn outgoing(row: &Row) -> Result<Option<Outgoing>> {
    let Some(server) = server(row, ("out_host", "out_port", "out_security"))? else { return Ok(None) };
    let login = match row.get::<String>("out_login")?.as_str() {
        "same" => OutgoingLogin::Same,
        "own" => OutgoingLogin::Own { user: row.get("out_user")?, password: sealed(row, "out_password")? },
        _ => OutgoingLogin::Nobody,
    };
    Ok(Some(Outgoing { server, login }))
}

fn grant(row: &Row) -> Result<Option<Grant>> {
    let Some(refresh_token) = sealed(row, "refresh_token")? else { return Ok(None) };
    Ok(Some(Grant {
        endpoint: row.get("endpoint")?,
        client_id: row.get("client_id")?,
        client_secret: sealed(row, "client_secret")?,
        refresh_token,
        scope: row.get("token_scope")?,
    }))
}

fn server(row: &Row, (host, port, security): (&str, &str, &str)) -> Result<Option<Server>> {
    let Some(host) = row.get::<Option<String>>(host)? else { return Ok(None) };
    let number = u16::try_from(row.get::<i64>(port)?).map_err(|_| wrong(port, "is no port"))?;
    let kind = row.get::<String>(security)?.parse().map_err(|_| wrong(security, "is no protection"))?;
    Ok(Some(Server { host, port: number, security: kind }))
}

fn wrong(column: &str, reason: &str) -> Error {
    Error::Column { column: column.to_owned(), reason: reason.to_owned() }
}
