//! How much work a team has: its members' open and pending tickets, by person and by what they are about. The rows are those by
//! which `assign: { by: fewest_open }` chooses ([`agents::loads`]), so that nobody is shown with fewer than they are counted with.

use std::collections::BTreeMap;

use store::{Conn, Id};

use super::queries;
use crate::Result;
use crate::agents::{self, Agent};
use crate::rights::Scope;

/// The work of a team.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workload {
    /// Its active members, those with the fewest first: the next ticket goes to the first.
    pub people: Vec<Person>,
    /// What the team has and nobody is assigned.
    pub unassigned: Share,
}

/// What somebody has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub agent: Agent,
    /// Their open and pending tickets.
    pub tickets: Share,
}

/// Some tickets, and what they are about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many.
    pub count: i64,
    /// How many of each component, the most first; `None` for those that name none.
    pub components: Vec<(Option<String>, i64)>,
}

/// A component of a team's work, and who has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// What it is called; `None` for tickets that name none.
    pub name: Option<String>,
    /// How many tickets are about it, those that nobody has included.
    pub count: i64,
    /// How many each of the people has, in the order of [`Workload::people`]; those who have none are left out.
    pub people: Vec<(Agent, i64)>,
    /// How many nobody has.
    pub unassigned: i64,
}

/// The work of `team` at this moment.
pub async fn of_team(conn: &mut Conn, _scope: Scope, team: &str) -> Result<Workload> {
    let loads = agents::loads(conn, team).await?;
    let mut by_person: BTreeMap<Option<Id>, Vec<(Option<String>, i64)>> = BTreeMap::new();
    for (assignee, component, count) in queries::components_of_members(conn, team).await? {
        by_person.entry(Some(assignee)).or_default().push((component, count));
    }
    let unassigned = queries::components_of_nobody(conn, team).await?;
    let person = |load: agents::Load| Person {
        tickets: Share::of(by_person.remove(&Some(load.agent.id)).unwrap_or_default(), Some(load.unfinished)),
        agent: load.agent,
    };
    Ok(Workload { people: loads.into_iter().map(person).collect(), unassigned: Share::of(unassigned, None) })
}

impl Share {
    /// The most first, then by name; what names no component last.
    fn of(mut components: Vec<(Option<String>, i64)>, count: Option<i64>) -> Self {
        components.sort_by(|(name, count), (other, others)| {
            (name.is_none(), -count, name).cmp(&(other.is_none(), -others, other))
        });
        Self { count: count.unwrap_or_else(|| components.iter().map(|(_, count)| count).sum()), components }
    }
}

impl Workload {
    /// The same tickets by what they are about, the most first.
    pub fn components(&self) -> Vec<Component> {
        let mut components: Vec<Component> = Vec::new();
        let mut add = |name: &Option<String>, count: i64, person: Option<&Agent>| {
            let found = components.iter().position(|component| component.name == *name);
            let at = found.unwrap_or_else(|| {
                components.push(Component { name: name.clone(), count: 0, people: Vec::new(), unassigned: 0 });
                components.len() - 1
            });
            let Some(component) = components.get_mut(at) else { return };
            component.count += count;
            match person {
                Some(person) => component.people.push((person.clone(), count)),
                None => component.unassigned += count,
            }
        };
        for person in &self.people {
            person.tickets.components.iter().for_each(|(name, count)| add(name, *count, Some(&person.agent)));
        }
        self.unassigned.components.iter().for_each(|(name, count)| add(name, *count, None));
        components.sort_by(|one, other| {
            (one.name.is_none(), -one.count, &one.name).cmp(&(other.name.is_none(), -other.count, &other.name))
        });
        components
    }

    /// How many tickets that is.
    pub fn count(&self) -> i64 {
        self.people.iter().map(|person| person.tickets.count).sum::<i64>() + self.unassigned.count
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Role;

    fn person(id: i64, name: &str, components: &[(Option<&str>, i64)]) -> Person {
        let owned = components.iter().map(|(name, count)| (name.map(str::to_owned), *count)).collect();
        let agent = Agent { id: Id(id), name: name.to_owned(), address: String::new(), role: Role::Agent };
        Person { agent, tickets: Share::of(owned, None) }
    }

    #[test]
    fn the_same_tickets_are_counted_by_person_and_by_component() {
        let work = Workload {
            people: vec![
                person(1, "Bo", &[(None, 4), (Some("Acme"), 1)]),
                person(2, "Cy", &[(Some("Birch"), 2), (Some("Acme"), 2)]),
            ],
            unassigned: Share::of(vec![(Some("Birch".to_owned()), 3)], None),
        };
        assert_eq!(work.people[0].tickets.components[0].0.as_deref(), Some("Acme"), "what has a name comes first");
        let shown: Vec<(Option<String>, i64, i64)> = work
            .components()
            .into_iter()
            .map(|component| (component.name, component.count, component.unassigned))
            .collect();
        assert_eq!(shown, [(Some("Birch".to_owned()), 5, 3), (Some("Acme".to_owned()), 3, 0), (None, 4, 0)]);
        assert_eq!(work.count(), 12);
    }
}
