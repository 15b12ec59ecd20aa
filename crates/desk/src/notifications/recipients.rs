//! Who hears of a notice: decided when it is told, so that a team's later change loses it for nobody.

use store::{Id, News};

use super::{Audience, Channel, TOLD, What, choices, queries};
use crate::agents::Agent;
use crate::{Context, Result, Role, agents};

/// The longest list of recipients of one notice.
const RECIPIENTS_MAX: usize = 500;

/// Keeps a row for everybody in `audience` who is not among `told` already, and adds them there.
pub(super) async fn keep(
    context: &mut Context<'_>,
    (notice, ticket): (Id, Option<Id>),
    audience: &Audience,
    what: &What,
    told: &mut Vec<Id>,
) -> Result<()> {
    // Nothing leaves a desk that can write no links.
    let leaves = context.settings.public_url.is_some();
    for agent in of(context, audience).await? {
        if told.contains(&agent.id) || told.len() >= RECIPIENTS_MAX {
            continue;
        }
        told.push(agent.id);
        let listed = choices::of(context.tx, agent.id).await?.wants(what.topic(), Channel::InApp);
        let id = context.ids.next();
        queries::insert_told(context.tx, id, (notice, agent.id, ticket), (listed, !leaves)).await?;
        if listed {
            context.tx.announce(News::of(TOLD, agent.id, id.0));
        }
    }
    Ok(())
}

/// The people of an audience. Whoever did it does not hear of it as one of many, only as the one who is meant. Where nobody is in a team
/// or has a role, the leads hear of it, and without leads the owners.
async fn of(context: &mut Context<'_>, audience: &Audience) -> Result<Vec<Agent>> {
    let one = |agent: Option<Agent>| agent.into_iter().collect();
    let many = match audience {
        Audience::Channel(_) => return Ok(Vec::new()),
        Audience::Agent { id, .. } => return Ok(one(agents::find_active(context.tx, *id).await?)),
        Audience::Person(name) => return Ok(one(agents::find_by_name(context.tx, name).await?)),
        Audience::Team(team) => agents::members(context.tx, team).await?,
        Audience::Role(role) => match role.parse() {
            Ok(role) => with_role(context, role).await?,
            Err(_) => Vec::new(),
        },
    };
    let mut many = many;
    for role in [Role::Lead, Role::Owner] {
        if many.is_empty() {
            many = with_role(context, role).await?;
        }
    }
    many.retain(|agent| Some(agent.id) != context.actor.agent_id());
    Ok(many)
}

async fn with_role(context: &mut Context<'_>, role: Role) -> Result<Vec<Agent>> {
    let all = agents::all(context.tx).await?;
    Ok(all.into_iter().filter(|agent| agent.role == role).collect())
}
