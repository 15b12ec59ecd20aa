//! Linked tickets: an opener and the tickets it opened, each under an alias of the opener's playbook.

mod queries;

use store::{Conn, Id};

use super::Ticket;
use crate::{Context, Result};

/// The alias of a ticket that a client's mail opened after the end of the one it answered. No playbook can declare it.
pub const FOLLOW_UP: &str = "follow-up";

/// One end of a link, seen from the other.
#[derive(Clone, Debug)]
pub struct Linked {
    /// The alias under which the opener knows the child.
    pub alias: String,
    /// What tells it from others under the same alias, where that stands for many.
    pub key: Option<String>,
    /// The ticket at the other end.
    pub ticket: Ticket,
}

/// Links `child` to `opener` under `alias`.
pub async fn link(context: &mut Context<'_>, opener: Id, alias: &str, child: Id) -> Result<()> {
    Ok(queries::link(context.tx, opener, alias, None, child).await?)
}

/// Links `child` to `opener` as one of many under `alias`.
pub async fn link_one_of_many(context: &mut Context<'_>, opener: Id, alias: &str, key: &str, child: Id) -> Result<()> {
    Ok(queries::link(context.tx, opener, alias, Some(key), child).await?)
}

/// How many tickets `opener` has opened under `alias` as some of many, and how many of them have not ended.
pub async fn count_many(conn: &mut Conn, opener: Id, alias: &str) -> Result<(i64, i64)> {
    Ok(queries::count_many(conn, opener, alias).await?)
}

/// What a ticket's playbooks have linked it with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Family {
    /// How many tickets it opened.
    pub opened: usize,
    /// How many openers stand above it, one opened by the next; not counted beyond the limit that was asked for.
    pub openers: usize,
}

/// How many tickets `ticket` has opened, and how many openers stand above it, `limit` at most. What clients opened by answering after
/// the end is no playbook's doing and is not counted.
pub async fn family(conn: &mut Conn, ticket: Id, limit: usize) -> Result<Family> {
    Ok(queries::family(conn, ticket, limit).await?)
}

/// The tickets that `opener` opened; of several under one alias the newest last.
pub async fn children(conn: &mut Conn, opener: Id) -> Result<Vec<Linked>> {
    Ok(queries::children(conn, opener).await?)
}

/// The ticket that opened `child`, under the alias it has there.
pub async fn opener(conn: &mut Conn, child: Id) -> Result<Option<Linked>> {
    Ok(queries::opener(conn, child).await?)
}

/// The newest ticket that `opener` opened under `alias`.
pub async fn child(conn: &mut Conn, opener: Id, alias: &str) -> Result<Option<Ticket>> {
    Ok(children(conn, opener).await?.into_iter().rfind(|linked| linked.alias == alias).map(|linked| linked.ticket))
}
