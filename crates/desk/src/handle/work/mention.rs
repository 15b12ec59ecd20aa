//! `@name` in a note: the colleague is told, and follows the ticket from then on.

use store::Id;

use crate::agents::{self, Agent};
use crate::notifications::{self, Audience, What};
use crate::rights::Scope;
use crate::tickets::followers;
use crate::{Context, Error, Result, tickets};

/// How many colleagues one note may name.
const NAMED_MAX: usize = 20;

/// Tells everybody whom `words` name and who may see the ticket, but for their writer. Of the words themselves the notice says nothing.
pub(in crate::handle) async fn tell(context: &mut Context<'_>, ticket: Id, words: &str) -> Result<()> {
    if !words.contains('@') {
        return Ok(());
    }
    let everybody = agents::all(context.tx).await?;
    let ticket = tickets::find(context.tx, ticket).await?.ok_or_else(|| Error::not_found("ticket"))?;
    for agent in named(words, &everybody) {
        let sees = Scope::of(&agent.as_actor())?.sees(context.tx, ticket.id).await?;
        if sees && Some(agent.id) != context.actor.agent_id() {
            followers::follow(context, ticket.id, agent.id).await?;
            let what = What::Mentioned { who: context.actor.name().to_owned(), number: ticket.number };
            notifications::tell(context, ticket.id, &Audience::agent(agent), what).await?;
        }
    }
    Ok(())
}

/// Whom a text names, each once: by their whole name after an `@` that begins a word, or by the first part of it where nobody else
/// begins so. Capitals do not count.
fn named<'a>(words: &str, everybody: &'a [Agent]) -> Vec<&'a Agent> {
    let mut found: Vec<&Agent> = Vec::new();
    for (at, _) in words.match_indices('@') {
        let begins =
            !words[..at].ends_with(|letter: char| letter.is_alphanumeric() || matches!(letter, '.' | '_' | '-'));
        let Some(agent) = who(&words[at + 1..], everybody).filter(|_| begins) else { continue };
        if !found.iter().any(|known| known.id == agent.id) && found.len() < NAMED_MAX {
            found.push(agent);
        }
    }
    found
}

/// Whose name a text begins with, the longest of several.
fn who<'a>(rest: &str, everybody: &'a [Agent]) -> Option<&'a Agent> {
    let whole = everybody.iter().filter(|agent| begins_with(rest, &agent.name)).max_by_key(|agent| agent.name.len());
    if whole.is_some() {
        return whole;
    }
    let first_name = |agent: &Agent| agent.name.split_whitespace().next().unwrap_or_default().to_owned();
    let mut first = everybody.iter().filter(|agent| begins_with(rest, &first_name(agent)));
    match (first.next(), first.next()) {
        (Some(agent), None) => Some(agent),
        _ => None,
    }
}

/// Whether a text begins with a name that ends there.
fn begins_with(text: &str, name: &str) -> bool {
    let mut letters = text.chars();
    let same = |letter: char| letters.next().is_some_and(|other| letter.to_lowercase().eq(other.to_lowercase()));
    !name.is_empty() && name.chars().all(same) && !letters.next().is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Role;

    fn names(words: &str) -> Vec<String> {
        let agent = |(id, name): (i64, &str)| Agent {
            id: Id(id),
            name: name.to_owned(),
            address: format!("a{id}@desk.example"),
            role: Role::Agent,
        };
        let everybody: Vec<Agent> =
            [(1, "Ana"), (2, "Ana Prado"), (3, "Bo Lund"), (4, "Bo Reis"), (5, "Álvaro")].map(agent).to_vec();
        named(words, &everybody).iter().map(|agent| agent.name.clone()).collect()
    }

    #[test]
    fn a_name_after_an_at_is_somebody_and_the_longest_name_wins() {
        assert_eq!(names("@ana prado, see this"), ["Ana Prado"]);
        assert_eq!(names("@Ana: see this, @ÁLVARO too"), ["Ana", "Álvaro"]);
        assert_eq!(names("(@ana)"), ["Ana"]);
    }

    #[test]
    fn what_could_be_two_people_or_a_part_of_something_else_is_nobody() {
        assert_eq!(names("@Bo"), Vec::<String>::new());
        assert_eq!(names("@Bo Lund"), ["Bo Lund"]);
        assert_eq!(names("write to help@ana.example"), Vec::<String>::new());
        assert_eq!(names("@Anabel @ @"), Vec::<String>::new());
    }

    #[test]
    fn who_is_named_twice_is_told_once() {
        assert_eq!(names("@Ana and again @ana"), ["Ana"]);
    }
}
