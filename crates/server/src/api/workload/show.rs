//! `GET /api/v1/workload`: the open and pending tickets of a team, by person and by component.

use axum::Json;
use axum::extract::State;
use desk::rights::Scope;
use desk::tickets::workload::{self, Share};
use serde::Serialize;
use store::Id;
use utoipa::ToSchema;

use crate::edge::problem::WrongField;
use crate::edge::{Bearer, Parameters, Problem};
use crate::state::App;

/// A team's work at this moment.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Workload {
    /// The team, as the handbook calls it.
    team: String,
    /// Its active members, those with the fewest first: the next ticket goes to the first.
    people: Vec<Load>,
    /// What the team has and nobody is assigned.
    unassigned: Work,
}

/// Somebody's work.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Load {
    #[schema(value_type = String)]
    id: Id,
    name: String,
    #[serde(flatten)]
    work: Work,
}

/// Some tickets that are open or pending.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Work {
    /// How many.
    tickets: i64,
    /// What they are about, the most first.
    components: Vec<Component>,
}

/// The tickets about one thing.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct Component {
    /// The field `component` of their playbooks; null for those that have none.
    component: Option<String>,
    tickets: i64,
}

/// The open and pending tickets of a team, by person and by component, from the rows that share tickets out.
#[utoipa::path(get, path = "/api/v1/workload", tag = "tickets",
    params(("team" = String, Query, description = "A team of the handbook")),
    responses(
        (status = 200, description = "Its work", body = Workload),
        (status = 422, description = "There is no such team", body = Problem, content_type = "application/problem+json"),
    ), security(("token" = [])))]
pub(in crate::api) async fn show(
    State(app): State<App>,
    Bearer(actor): Bearer,
    mut parameters: Parameters,
) -> Result<Json<Workload>, Problem> {
    let scope = Scope::of(&actor)?;
    let team = parameters.take("team");
    parameters.finish()?;
    let mut conn = app.desk.read().await?;
    let handbook = app.desk.handbooks.current(&mut conn).await?;
    let team = team.filter(|team| handbook.desk.teams.contains_key(team));
    let team = team.ok_or_else(|| Problem::wrong(vec![WrongField::new("team", "is a team of the handbook")]))?;
    let counted = workload::of_team(&mut conn, scope, &team).await?;
    let person =
        |person: workload::Person| Load { id: person.agent.id, name: person.agent.name, work: work(person.tickets) };
    let people = counted.people.into_iter().map(person).collect();
    Ok(Json(Workload { team, people, unassigned: work(counted.unassigned) }))
}

fn work(share: Share) -> Work {
    let component = |(component, tickets)| Component { component, tickets };
    Work { tickets: share.count, components: share.components.into_iter().map(component).collect() }
}
