use playbook::Place;
use store::{Conn, Error, Id, Result, Row, Tx, sql};

use super::{Giver, Reason};

pub(super) async fn find(conn: &mut Conn, ticket: Id) -> Result<Option<Reason>> {
    let query = sql("SELECT given_by, name, impact, rule, phrases, because, file, line, given_at FROM priority_reasons
        WHERE ticket_id = $1")
    .bind(ticket);
    query.optional(conn).await?.as_ref().map(reason).transpose()
}

pub(super) async fn keep(tx: &mut Tx, ticket: Id, reason: &Reason) -> Result<()> {
    let (impact, rule, because) = match &reason.by {
        Giver::Rule { impact, rule, .. } => (Some(impact.as_str()), Some(rule.as_str()), None),
        Giver::Playbook { because, .. } => (None, None, because.as_deref()),
        Giver::Person(_) | Giver::Program(_) => (None, None, None),
    };
    let place = reason.by.place();
    sql("INSERT INTO priority_reasons (ticket_id, given_by, name, impact, rule, phrases, because, file, line, given_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (ticket_id) DO UPDATE SET given_by = excluded.given_by, name = excluded.name, impact = excluded.impact,
        rule = excluded.rule, phrases = excluded.phrases, because = excluded.because, file = excluded.file,
        line = excluded.line, given_at = excluded.given_at")
    .bind(ticket)
    .bind(reason.by.as_str())
    .bind(reason.by.name())
    .bind(impact)
    .bind(rule)
    .bind(reason.by.phrases())
    .bind(because)
    .bind(place.map(|place| place.file.as_ref()))
    .bind(place.map(|place| i64::from(place.line)))
    .bind(reason.at)
    .execute(tx)
    .await
    .map(drop)
}

pub(super) async fn forget(tx: &mut Tx, ticket: Id) -> Result<()> {
    sql("DELETE FROM priority_reasons WHERE ticket_id = $1").bind(ticket).execute(tx).await.map(drop)
}

fn reason(row: &Row) -> Result<Reason> {
    let text = |name: &str| row.get::<Option<String>>(name);
    let required = |name: &str| Ok::<_, Error>(text(name)?.unwrap_or_default());
    let place = || -> Result<Place> {
        let line = row.get::<Option<i64>>("line")?.and_then(|line| u32::try_from(line).ok());
        Ok(Place { line: line.unwrap_or(1), ..Place::start_of(&required("file")?) })
    };
    let by = match row.get::<String>("given_by")?.as_str() {
        "rule" => Giver::Rule {
            impact: required("impact")?,
            rule: required("rule")?,
            phrases: required("phrases")?,
            place: place()?,
        },
        "playbook" => Giver::Playbook { because: text("because")?, place: place()? },
        "agent" => Giver::Person(required("name")?),
        _ => Giver::Program(required("name")?),
    };
    Ok(Reason { by, at: row.get("given_at")? })
}
