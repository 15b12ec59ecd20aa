use store::{Conn, Id, Result, sql};

/// The condition on a row of `tickets` that the collaborator bound at `place` may see it: their team's, their own, or one about which
/// they or a team of theirs were asked.
pub(super) fn seen_by(place: usize) -> String {
    format!(
        "(tickets.assignee_id = ${place}
        OR tickets.team IN (SELECT memberships.team FROM memberships WHERE memberships.agent_id = ${place})
        OR EXISTS (SELECT 1 FROM questions WHERE questions.ticket_id = tickets.id AND (
            (questions.asked_kind = 'person' AND questions.asked_agent_id = ${place})
            OR (questions.asked_kind = 'team' AND questions.asked IN
                (SELECT memberships.team FROM memberships WHERE memberships.agent_id = ${place})))))"
    )
}

pub(super) async fn sees(conn: &mut Conn, agent: Id, ticket: Id) -> Result<bool> {
    let text = format!("SELECT tickets.id AS id FROM tickets WHERE tickets.id = $2 AND {}", seen_by(1));
    Ok(sql(text).bind(agent).bind(ticket).optional(conn).await?.is_some())
}
