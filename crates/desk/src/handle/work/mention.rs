//! `@name` in a note: the colleague is told, and follows the ticket from then on.

use store::Id;

use crate::agents::{self, Agent, named::named};
use crate::notifications::{self, Audience, What};
use crate::tickets::followers;
use crate::{Context, Error, Result, rights, tickets};

/// How many colleagues one note may name.
const NAMED_MAX: usize = 20;

/// Tells everybody whom `words` name and who may see the ticket, but for their writer. Of the words themselves the notice says nothing.
pub(in crate::handle) async fn tell(context: &mut Context<'_>, ticket: Id, words: &str) -> Result<()> {
    if !words.contains('@') {
        return Ok(());
    }
    let everybody = agents::all(context.tx).await?;
    let ticket = tickets::find(context.tx, ticket).await?.ok_or_else(|| Error::not_found("ticket"))?;
    let writer = context.actor.agent_id();
    let others: Vec<Agent> =
        each_once(words, &everybody).into_iter().filter(|agent| Some(agent.id) != writer).collect();
    for agent in rights::who_see(context.tx, ticket.id, &others).await? {
        followers::follow(context, ticket.id, agent.id).await?;
        let what = What::Mentioned { who: context.actor.name().to_owned(), number: ticket.number };
        notifications::tell(context, ticket.id, &Audience::agent(&agent), what).await?;
    }
    Ok(())
}

/// Whom a text names, each once.
fn each_once(words: &str, everybody: &[Agent]) -> Vec<Agent> {
    let mut found: Vec<Agent> = Vec::new();
    for (_, agent) in named(words, everybody) {
        if !found.iter().any(|known| known.id == agent.id) && found.len() < NAMED_MAX {
            found.push(agent.clone());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Role;

    #[test]
    fn who_is_named_twice_is_told_once() {
        let ana = Agent { id: Id(1), name: "Ana".to_owned(), address: String::new(), role: Role::Agent };
        let team = [ana];
        assert_eq!(each_once("@Ana and again @ana", &team), team);
    }
}
