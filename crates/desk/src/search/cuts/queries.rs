use store::dialect::words::id_list;
use store::{Conn, Engine, Id, Result, sql};

use super::super::binds::Binds;
use super::super::sought::Sought;
use super::{Condition, Is};
use crate::words::{Index, fold};

/// How many agents a name is looked for among.
const AGENTS_MAX: u32 = 2_000;

impl Condition {
    /// The condition on a row of `tickets`; `at` is the column that says when what is found was written.
    pub(in crate::search) fn text(&self, engine: Engine, binds: &mut Binds, at: &str) -> String {
        let text = self.is.text(engine, binds, at);
        if self.is_not { format!("NOT ({text})") } else { text }
    }
}

impl Is {
    /// None of them is ever unknown: `NOT` of each is what it says.
    fn text(&self, engine: Engine, binds: &mut Binds, at: &str) -> String {
        match self {
            Is::Number(number) => format!("tickets.number = ${}", binds.add(*number)),
            Is::Status(status) => format!("tickets.status = ${}", binds.add(*status)),
            Is::Unassigned => "tickets.assignee_id IS NULL".to_owned(),
            Is::Snoozed => "tickets.snoozed_until IS NOT NULL".to_owned(),
            Is::Assigned(ids) => one_of_or_null(engine, binds, "assignee_id", ids),
            Is::AskedBy(ids) => one_of(engine, binds, "requester_id", ids),
            Is::For(ids) => one_of_or_null(engine, binds, "organization_id", ids),
            Is::OfTeam(team) => format!("tickets.team IS NOT NULL AND tickets.team = ${}", binds.add(team.as_str())),
            Is::Tagged(tag) => format!(
                "tickets.id IN (SELECT ticket_tags.ticket_id FROM ticket_tags WHERE ticket_tags.tag = ${})",
                binds.add(tag.as_str())
            ),
            Is::Urgent(priority) => format!("tickets.rank = ${}", binds.add(priority.rank())),
            Is::By(playbook) => format!("tickets.playbook = ${}", binds.add(playbook.as_str())),
            Is::In(states) => match states.as_slice() {
                [] => "1 = 0".to_owned(),
                [one] => format!("tickets.state = ${}", binds.add(one.as_str())),
                several => {
                    let places: Vec<String> =
                        several.iter().map(|state| format!("${}", binds.add(state.as_str()))).collect();
                    format!("tickets.state IN ({})", places.join(", "))
                }
            },
            Is::Through(channel) => {
                format!("EXISTS ({ON_IT} AND said.channel = ${})", binds.add(*channel))
            }
            Is::WithAttachment => format!(
                "EXISTS ({ON_IT} AND EXISTS (SELECT 1 FROM attachments WHERE attachments.message_id = said.id AND NOT attachments.inline))"
            ),
            Is::WithNote => format!("EXISTS ({ON_IT} AND said.kind = 'note')"),
            Is::Holding(words) => holding(engine, binds, words),
            Is::Between(from, until) => {
                let (from, until) = (binds.add(*from), binds.add(*until));
                format!("{at} >= ${from} AND {at} < ${until}")
            }
        }
    }
}

/// What was said on the ticket.
const ON_IT: &str = "SELECT 1 FROM messages AS said WHERE said.ticket_id = tickets.id";

/// The words stand in what the ticket is called, or in something that was said or noted on it.
fn holding(engine: Engine, binds: &mut Binds, words: &Sought) -> String {
    let wanted = binds.add(words.for_engine(engine));
    let stand = |index: Index, id: &str| {
        let (table, holds) = (index.table(), engine.holds_words(index.table(), wanted));
        format!("EXISTS (SELECT 1 FROM {table} WHERE {holds} AND {} = {id})", engine.document_id(table))
    };
    format!(
        "({} OR EXISTS ({ON_IT} AND (said.kind <> 'note' AND {} OR said.kind = 'note' AND {})))",
        stand(Index::Said, "tickets.id"),
        stand(Index::Said, "said.id"),
        stand(Index::Noted, "said.id")
    )
}

fn one_of_or_null(engine: Engine, binds: &mut Binds, column: &str, ids: &[Id]) -> String {
    format!("tickets.{column} IS NOT NULL AND {}", one_of(engine, binds, column, ids))
}

fn one_of(engine: Engine, binds: &mut Binds, column: &str, ids: &[Id]) -> String {
    match ids {
        [] => "1 = 0".to_owned(),
        // In words that a page in an index's own order is found by.
        [one] => format!("tickets.{column} = ${}", binds.add(*one)),
        several => {
            let place = binds.add(id_list(several.iter().copied()));
            format!("tickets.{column} IN {}", engine.members(place))
        }
    }
}

/// The newest of `table` (contacts or organizations) that are called so: by these words, else by the beginning of the last.
pub(super) async fn called(conn: &mut Conn, table: &str, name: &str, limit: u32) -> Result<Vec<Id>> {
    let whole = Sought::words(name);
    if whole.is_empty() {
        return Ok(Vec::new());
    }
    let (engine, index) = (conn.engine(), Index::People.table());
    let only = format!("EXISTS (SELECT 1 FROM {table} WHERE {table}.id = {})", engine.document_id(index));
    for sought in [whole.clone(), whole.begun()] {
        let rows = sql(engine.places_of_words(index, 1, 2, &only, limit))
            .bind(sought.for_engine(engine))
            .bind(Id(i64::MAX))
            .all(conn)
            .await?;
        if !rows.is_empty() {
            return rows.iter().map(|row| row.get("id")).collect();
        }
    }
    Ok(Vec::new())
}

/// Agents, also those who have left, whose name or address has all of these words.
pub(super) async fn agents_called(conn: &mut Conn, name: &str) -> Result<Vec<Id>> {
    let wanted = fold::words(name);
    let rows = sql("SELECT id, name, address FROM agents ORDER BY id").limit(AGENTS_MAX).all(conn).await?;
    let mut found = Vec::new();
    for row in &rows {
        let (called, address): (String, String) = (row.get("name")?, row.get("address")?);
        let known = fold::words(&format!("{called} {address}"));
        let has = |word: &String| known.iter().any(|known| known.starts_with(word.as_str()));
        if !wanted.is_empty() && wanted.iter().all(has) {
            found.push(row.get("id")?);
        }
    }
    Ok(found)
}
