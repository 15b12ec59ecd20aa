use store::{Conn, Id, Result, Tx, sql};

use crate::agents::Agent;

pub(super) async fn follow(tx: &mut Tx, ticket: Id, agent: Id) -> Result<bool> {
    let stored = sql("INSERT INTO followers (ticket_id, agent_id) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(ticket)
        .bind(agent)
        .execute(tx)
        .await?;
    Ok(stored > 0)
}

pub(super) async fn unfollow(tx: &mut Tx, ticket: Id, agent: Id) -> Result<bool> {
    let gone = sql("DELETE FROM followers WHERE ticket_id = $1 AND agent_id = $2")
        .bind(ticket)
        .bind(agent)
        .execute(tx)
        .await?;
    Ok(gone > 0)
}

pub(super) async fn of_ticket(conn: &mut Conn, ticket: Id, limit: u32) -> Result<Vec<Agent>> {
    let rows =
        sql("SELECT agents.id AS id, name, address, role FROM followers JOIN agents ON agents.id = followers.agent_id
        WHERE followers.ticket_id = $1 AND agents.active = $2 ORDER BY name, agents.id")
        .bind(ticket)
        .bind(true)
        .limit(limit)
        .all(conn)
        .await?;
    rows.iter()
        .map(|row| {
            let role: String = row.get("role")?;
            let wrong = |error: crate::Error| store::Error::Column { column: "role".to_owned(), reason: error.message };
            Ok(Agent {
                id: row.get("id")?,
                name: row.get("name")?,
                address: row.get("address")?,
                role: role.parse().map_err(wrong)?,
            })
        })
        .collect()
}
