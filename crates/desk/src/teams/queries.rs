use jiff::Timestamp;
use store::{Conn, Result, Tx, sql};

/// The name of the calendar and the days off, as JSON, that are kept for a team.
pub(super) async fn find(conn: &mut Conn, team: &str) -> Result<Option<(Option<String>, String)>> {
    let row = sql("SELECT calendar, days_off FROM team_calendars WHERE team = $1").bind(team).optional(conn).await?;
    row.map(|row| Ok((row.get("calendar")?, row.get("days_off")?))).transpose()
}

pub(super) async fn keep(
    tx: &mut Tx,
    team: &str,
    calendar: Option<&str>,
    days_off: &str,
    now: Timestamp,
) -> Result<()> {
    sql("INSERT INTO team_calendars (team, calendar, days_off, changed_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (team) DO UPDATE SET calendar = excluded.calendar, days_off = excluded.days_off, changed_at = excluded.changed_at")
        .bind(team)
        .bind(calendar)
        .bind(days_off)
        .bind(now)
        .execute(tx)
        .await
        .map(drop)
}
