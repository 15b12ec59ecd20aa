//! What a playbook may know of a ticket: gathered fresh for every step, every declared path present.

use std::sync::Arc;

use jiff::tz::TimeZone;
use playbook::{
    AttributeOwner, CalendarChoice, CountedBy, Counting, FactType, Facts, Handbook, OpensBy, Playbook, Registry,
    RootSpec, Whose,
};
use serde_json::{Map, Value, json};
use store::Conn;

use super::{Case, fan_out};
use crate::agents::Agent;
use crate::contacts::Contact;
use crate::organizations::{self, Organization};
use crate::teams::{self, WorkingTime, hours};
use crate::tickets::{Ticket, links, links::Linked};
use crate::{Context, Result, Settings, agents};

/// What is known of the ticket itself.
const TICKET: [(&str, FactType); 7] = [
    ("number", FactType::Integer),
    ("subject", FactType::Text),
    ("status", FactType::OneOf(&["open", "pending", "solved", "closed"])),
    ("priority", FactType::OneOf(&["low", "normal", "high", "urgent"])),
    ("team", FactType::Text),
    ("organization", FactType::Text),
    ("opened_at", FactType::Time),
];

/// Declares the facts to the language, so that a misspelt one is found before anything runs.
pub fn declare(registry: Registry) -> Registry {
    registry
        .with_root(RootSpec {
            name: "requester",
            summary: "Who asked.",
            paths: &[
                ("email", FactType::Text),
                ("name", FactType::Text),
                ("role", FactType::Text),
                ("known", FactType::Boolean),
                ("language", FactType::Text),
            ],
            attributes: Some(AttributeOwner::Contact),
        })
        .with_root(RootSpec {
            name: "organization",
            summary: "The organization the ticket is for; every part is null where there is none.",
            paths: &[
                ("key", FactType::Text),
                ("name", FactType::Text),
                ("plan", FactType::Text),
                ("language", FactType::Text),
                ("parent", FactType::Text),
                ("time_zone", FactType::Text),
            ],
            attributes: Some(AttributeOwner::Organization),
        })
        .with_root(RootSpec {
            name: "assignee",
            summary: "The agent who has the ticket; null while nobody has.",
            paths: &[("name", FactType::Text), ("email", FactType::Text)],
            attributes: None,
        })
        .with_root(RootSpec { name: "ticket", summary: "The ticket itself.", paths: &TICKET, attributes: None })
        .with_root(RootSpec {
            name: "desk",
            summary: "The desk.",
            paths: &[("name", FactType::Text), ("address", FactType::Text)],
            attributes: None,
        })
        .with_settable("subject")
        .with_settable("organization")
        .with_event_data("requester.bounced", &[("status", FactType::Text)])
}

/// What stands around a ticket: the rows that its facts are made of.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The organization the ticket is for.
    pub organization: Option<Organization>,
    /// The name of that organization's upstream one.
    pub parent: Option<String>,
    /// The agent who has the ticket.
    pub assignee: Option<Agent>,
    /// The team that the ticket belongs to, and its working time.
    pub team: Option<(String, WorkingTime)>,
    /// The tickets it opened.
    pub children: Vec<Linked>,
    /// The ticket that opened it.
    pub opener: Option<Linked>,
}

impl Surroundings {
    /// Reads everything that stands around `ticket` now.
    pub async fn of(conn: &mut Conn, ticket: &Ticket) -> Result<Self> {
        let people = Self::without_links(conn, ticket).await?;
        let children = links::children(conn, ticket.id).await?;
        let opener = links::opener(conn, ticket.id).await?;
        Ok(Self { children, opener, ..people })
    }

    /// Reads what a step of `playbook` may ask for. A ticket that this command has just made has opened none yet.
    pub(super) async fn needed_by(conn: &mut Conn, ticket: &Ticket, playbook: &Playbook, is_new: bool) -> Result<Self> {
        let mut around = Self::without_links(conn, ticket).await?;
        if !is_new && !playbook.links().is_empty() {
            around.children = links::children(conn, ticket.id).await?;
        }
        if playbook.opens().iter().any(|opens| matches!(opens.by, OpensBy::Linked)) {
            around.opener = links::opener(conn, ticket.id).await?;
        }
        Ok(around)
    }

    /// Whether this is still the organization, the assignee and the team that the ticket's row names.
    pub(super) fn is_of(&self, ticket: &Ticket) -> bool {
        self.organization.as_ref().map(|organization| organization.id) == ticket.organization
            && self.assignee.as_ref().map(|agent| agent.id) == ticket.assignee
            && self.team.as_ref().map(|(team, _)| team) == ticket.team.as_ref()
    }

    async fn without_links(conn: &mut Conn, ticket: &Ticket) -> Result<Self> {
        let organization = match ticket.organization {
            Some(id) => organizations::find(conn, id).await?,
            None => None,
        };
        let parent = match organization.as_ref().and_then(|organization| organization.parent) {
            Some(id) => organizations::find(conn, id).await?.map(|parent| parent.name),
            None => None,
        };
        let assignee = match ticket.assignee {
            Some(id) => agents::find(conn, id).await?,
            None => None,
        };
        let team = match &ticket.team {
            Some(team) => Some((team.clone(), teams::working_time(conn, team).await?)),
            None => None,
        };
        Ok(Self { organization, parent, assignee, team, children: Vec::new(), opener: None })
    }
}

/// The facts of a case at this moment.
pub async fn gather(context: &mut Context<'_>, case: &mut Case) -> Result<Facts> {
    let around = case.around(context.tx).await?;
    let facts = of(case, context.settings, &around);
    case.around = Some(around);
    facts
}

/// The facts of a case with these surroundings.
pub fn of(case: &Case, settings: &Settings, around: &Surroundings) -> Result<Facts> {
    let (ticket, organization) = (&case.ticket, around.organization.as_ref());
    let assignee = around.assignee.as_ref();
    let assignee = assignee.map_or(Value::Null, |agent| json!({"name": agent.name, "email": agent.address}));
    let declared = &case.handbook.desk.attributes;
    let playbook = case.playbook()?;
    let counted = counting(case, playbook.calendar(), around);
    let mut facts =
        Facts::new(counted.zone.clone()).with_desk_zone(schedules(case, playbook.calendar())).with_counting(counted);
    for choice in playbook.calendars_of_clocks() {
        facts = facts.with_calendar_of(choice, counting(case, Some(choice), around));
    }
    let named = &case.today.calendars;
    for choice in [CalendarChoice::Organization, CalendarChoice::Team] {
        facts = facts.with_open_hours(choice.as_str(), counting(case, Some(&choice), around).calendar);
    }
    // One that today's handbook has no longer is still that of the run's own revision.
    for (name, calendar) in case.handbook.calendars.iter().chain(named) {
        facts = facts.with_open_hours(name, Arc::clone(calendar));
    }
    Ok(facts
        .with("requester", requester(&case.requester, declared.contact.keys()))
        .with("organization", about(organization, around.parent.as_deref(), declared.organization.keys()))
        .with("assignee", assignee)
        .with(
            "ticket",
            json!({
                "number": ticket.number, "subject": ticket.subject, "status": ticket.status,
                "priority": ticket.priority, "team": ticket.team,
                "organization": organization.map(|organization| &organization.name),
                "opened_at": ticket.created_at.to_string(),
            }),
        )
        .with("desk", json!({"name": case.handbook.desk.name, "address": settings.address.address}))
        .with("links", linked(case, &around.children)?)
        .with("opener", around.opener.as_ref().map_or(Value::Null, other_ticket)))
}

/// The facts of a ticket that is about to be opened by somebody: what decides which playbook it runs.
pub async fn of_newcomer(context: &mut Context<'_>, handbook: &Handbook, contact: &Contact) -> Result<Facts> {
    let organization = match contact.organization {
        Some(id) => organizations::find(context.tx, id).await?,
        None => None,
    };
    let declared = &handbook.desk.attributes;
    Ok(Facts::new(handbook.desk.zone.clone())
        .with_calendar(handbook.desk_calendar())
        .with("requester", requester(contact, declared.contact.keys()))
        .with("organization", about(organization.as_ref(), None, declared.organization.keys()))
        .with("assignee", Value::Null)
        .with("ticket", Value::Object(TICKET.iter().map(|(part, _)| ((*part).to_owned(), Value::Null)).collect()))
        .with("desk", json!({"name": handbook.desk.name, "address": context.settings.address.address}))
        .with("links", json!({}))
        .with("opener", Value::Null))
}

/// The zone in which days are counted and the hours in which working time is. A calendar that is named decides both.
/// `organization` is the one that the organization has, else its team's, else the desk's, in the organization's zone, and its own days off
/// are off besides; `team` the one that the team keeps, in that one's zone, else the desk's; otherwise the desk's counts.
fn counting(case: &Case, choice: Option<&CalendarChoice>, around: &Surroundings) -> Counting {
    let organization = around.organization.as_ref();
    let teams = || around.team.as_ref().and_then(|(team, time)| hours::of_team(&case.today, team, time));
    let teams_days = || around.team.iter().flat_map(|(_, time)| time.days_off.iter().cloned());
    let desks = || hours::of_desk(&case.today);
    let (calendar, by) = match choice {
        Some(CalendarChoice::Named(name)) => {
            // One that today's handbook has no longer is still that of the run's own revision.
            if let Some(calendar) = case.today.calendars.get(name).or_else(|| case.handbook.calendars.get(name)) {
                let by = CountedBy { whose: Whose::Named, calendar: Some(name.clone()) };
                return Counting { zone: calendar.zone().clone(), calendar: Arc::clone(calendar), by };
            }
            desks()
        }
        Some(CalendarChoice::Organization) => {
            let own = organization.and_then(|organization| hours::of_organization(&case.today, organization));
            let teams = || teams().map(|(calendar, by)| (hours::with_days_off(calendar, teams_days()), by));
            let (calendar, by) = own.or_else(teams).unwrap_or_else(desks);
            let days_off = organization.into_iter().flat_map(Organization::days_off);
            (hours::with_days_off(calendar, days_off), by)
        }
        Some(CalendarChoice::Team) => {
            let of_team = teams();
            let zone = of_team.as_ref().map(|(calendar, _)| calendar.zone().clone());
            let (calendar, by) = of_team.unwrap_or_else(desks);
            let zone = zone.unwrap_or_else(|| case.today.desk.zone.clone());
            return Counting { zone, calendar: hours::with_days_off(calendar, teams_days()), by };
        }
        None => desks(),
    };
    Counting { zone: zone(case, organization), calendar, by }
}

/// Schedules are times of the desk's week: in the zone of the calendar that the playbook names, else in the desk's, wherever
/// the client is.
fn schedules(case: &Case, choice: Option<&CalendarChoice>) -> TimeZone {
    let named = match choice {
        Some(CalendarChoice::Named(name)) => {
            case.today.calendars.get(name).or_else(|| case.handbook.calendars.get(name))
        }
        _ => None,
    };
    named.map_or_else(|| case.today.desk.zone.clone(), |named| named.zone().clone())
}

/// Days are counted where the client is, else where the desk is.
fn zone(case: &Case, organization: Option<&Organization>) -> TimeZone {
    organization
        .and_then(|organization| organization.time_zone.as_deref())
        .and_then(|name| TimeZone::get(name).ok())
        .unwrap_or_else(|| case.today.desk.zone.clone())
}

/// What is known of a contact: everything that is declared, null where nothing is known.
pub(crate) fn requester<'a>(contact: &Contact, declared: impl Iterator<Item = &'a String>) -> Value {
    let mut facts = with_declared(&contact.attributes, declared);
    facts.extend([
        ("email".to_owned(), json!(contact.address)),
        ("name".to_owned(), json!(contact.name)),
        ("role".to_owned(), json!(contact.role)),
        ("known".to_owned(), json!(contact.organization.is_some())),
        ("language".to_owned(), json!(contact.language)),
    ]);
    Value::Object(facts)
}

/// What is known of an organization, likewise; every part is null where there is none.
pub(crate) fn about<'a>(
    organization: Option<&Organization>,
    parent: Option<&str>,
    declared: impl Iterator<Item = &'a String>,
) -> Value {
    let none = Map::new();
    let mut facts = with_declared(organization.map_or(&none, |o| &o.attributes), declared);
    facts.extend([
        ("key".to_owned(), json!(organization.map(|o| &o.key))),
        ("name".to_owned(), json!(organization.map(|o| &o.name))),
        ("plan".to_owned(), json!(organization.and_then(|o| o.plan.as_ref()))),
        ("language".to_owned(), json!(organization.and_then(|o| o.language.as_ref()))),
        ("time_zone".to_owned(), json!(organization.and_then(|o| o.time_zone.as_ref()))),
        ("parent".to_owned(), json!(parent)),
    ]);
    Value::Object(facts)
}

fn with_declared<'a>(known: &Map<String, Value>, declared: impl Iterator<Item = &'a String>) -> Map<String, Value> {
    declared.map(|name| (name.clone(), known.get(name).cloned().unwrap_or(Value::Null))).collect()
}

fn linked(case: &Case, children: &[Linked]) -> Result<Value> {
    let playbook = case.playbook()?;
    let mut facts: Map<String, Value> = playbook.links().keys().map(|alias| (alias.clone(), Value::Null)).collect();
    for link in children {
        if let Some(place) = facts.get_mut(&link.alias) {
            *place = other_ticket(link);
        }
    }
    for (alias, place) in &mut facts {
        if let (Value::Object(link), Some(counted)) = (place, fan_out::counted(children, alias)) {
            link.extend(counted);
        }
    }
    Ok(Value::Object(facts))
}

fn other_ticket(link: &Linked) -> Value {
    let ticket = &link.ticket;
    json!({
        "number": ticket.number, "state": ticket.state, "status": ticket.status, "subject": ticket.subject,
        "ended": ticket.closed_at.is_some(),
    })
}
