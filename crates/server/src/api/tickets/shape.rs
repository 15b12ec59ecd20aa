//! A ticket as programs see it.

use std::collections::BTreeSet;

use desk::contacts::Contact;
use desk::rights::Scope;
use desk::runs::parties::Reached;
use desk::runs::view::{self, TicketView};
use desk::{Actor, Desk};
use jiff::Timestamp;
use playbook::{AskView, FieldKind};
use serde::Serialize;
use serde_json::{Map, Value};
use store::{Conn, Id};
use utoipa::ToSchema;

use crate::api::checklists::shape::Checklist;
use crate::api::clocks::shape::Clock;
use crate::api::copies::shape::Copied;
use crate::api::questions::shape::Question;
use crate::api::suggestions::shape::Suggestion;
use crate::edge::Problem;

/// A ticket.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Ticket {
    #[schema(value_type = String)]
    id: Id,
    /// The number people call it by.
    number: i64,
    subject: String,
    #[schema(value_type = Status)]
    status: &'static str,
    /// Whom it waits on: `us`, `requester`, `third_party`, …; `nobody` once it is over.
    waiting_on: String,
    #[schema(value_type = Priority)]
    priority: &'static str,
    /// Why it has its priority; null where nobody gave it one.
    priority_reason: Option<PriorityReason>,
    /// The procedure it runs.
    playbook: String,
    /// The dotted path of its state, such as `testing.first`; empty until its run has begun.
    state: String,
    /// The choices that its state offers, those included that something in `missing` holds back.
    choices: Vec<Choice>,
    /// What its choices still ask for.
    missing: Vec<Missing>,
    /// The checklists of its playbook as they stand.
    checklists: Vec<Checklist>,
    /// The clocks of its playbook that were ever started: those first that run or have run out, the first due first.
    clocks: Vec<Clock>,
    /// What its playbook asked colleagues, oldest first; the newest 50.
    questions: Vec<Question>,
    /// The answer that its playbook suggests; null when it suggests none.
    suggestion: Option<Suggestion>,
    requester: Requester,
    /// The parties of its playbook, whom a reply can be sent `to`.
    parties: Vec<Party>,
    /// Who gets in copy what people say on it.
    copies: Vec<Copied>,
    /// The organization it is for; null when the requester belongs to none that is known.
    organization: Option<Organization>,
    /// The team that looks after it; null when none does.
    team: Option<String>,
    /// The agent who has it; null while nobody has.
    assignee: Option<Assignee>,
    /// The playbook's fields; null is what is not known yet.
    #[schema(value_type = Object)]
    fields: Map<String, Value>,
    tags: Vec<String>,
    /// Until when it is hidden from inboxes; null when it is not.
    #[schema(value_type = Option<String>, format = DateTime)]
    snoozed_until: Option<Timestamp>,
    /// Whether the agent that the token acts as has not seen its last change; left out for programs, and where a ticket is an answer to a
    /// change.
    #[serde(skip_serializing_if = "Option::is_none")]
    unread: Option<bool>,
    /// The id of the ticket that it was merged into, where the conversation goes on; null for one that was not.
    #[schema(value_type = Option<String>)]
    merged_into: Option<Id>,
    /// The ids of the tickets that were merged into it, oldest first.
    #[schema(value_type = Vec<String>)]
    merged: Vec<Id>,
    #[schema(value_type = String, format = DateTime)]
    created_at: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    updated_at: Timestamp,
    /// When it was closed; null while it is not.
    #[schema(value_type = Option<String>, format = DateTime)]
    closed_at: Option<Timestamp>,
}

/// Why a ticket has its priority.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct PriorityReason {
    /// `rule` of impact, `playbook`, `agent` or `program`.
    by: &'static str,
    /// The agent's or program's name.
    name: Option<String>,
    /// Why, in the desk's first language.
    because: Option<String>,
    /// The phrases of the rule that stood in the message, as the handbook writes them.
    phrases: Option<String>,
    /// Where the handbook says so: `impacts/client-business.yaml:84`.
    place: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
}

/// A choice of a ticket's state: `POST /api/v1/tickets/{id}/choices/{name}`.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Choice {
    name: String,
    /// What the button says, in the desk's first language.
    label: String,
    /// What its maker is asked: `inputs` of the request that makes it.
    asks: Vec<Ask>,
    /// The items of checklists that must be checked first.
    unchecked: Vec<Unchecked>,
}

/// An item of a checklist that holds a choice back.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Unchecked {
    checklist: String,
    item: String,
    label: String,
}

/// Something that a choice asks its maker.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Ask {
    name: String,
    /// `text`, `integer`, `boolean`, `choice`, `list` or `date`.
    #[serde(rename = "type")]
    kind: &'static str,
    /// What to choose from, where it is a `choice`; otherwise empty.
    of: Vec<String>,
    label: String,
    required: bool,
}

/// Something that a choice requires and that is not known yet.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Missing {
    /// A field of the playbook (`documents`), or a fact (`organization.plan`).
    field: String,
    label: String,
}

/// Somebody outside: who asked, or one of a party.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Requester {
    #[schema(value_type = String)]
    id: Id,
    /// The address they were first known by; null for a visitor who has given none.
    email: Option<String>,
    name: Option<String>,
}

/// Somebody beside the requester whom the playbook speaks to.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Party {
    /// As the playbook calls it.
    name: String,
    /// Whom words to it reach: those with a verified address, ten at most.
    people: Vec<Requester>,
}

/// The organization that a ticket is for.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OrganizationOfTicket)]
pub(in crate::api) struct Organization {
    #[schema(value_type = String)]
    id: Id,
    /// The key that other systems know it by.
    key: String,
    name: String,
}

/// An agent.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Assignee {
    #[schema(value_type = String)]
    id: Id,
    name: String,
}

/// Another ticket that this one opened, or that opened this one.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct Link {
    /// The name under which the opener knows the ticket that it opened.
    alias: String,
    /// What tells it from others under the same alias; null where that stands for one ticket.
    key: Option<String>,
    /// What the other ticket is to this one: its `opener`, or one it `opened`.
    #[schema(value_type = String)]
    direction: &'static str,
    ticket: LinkedTicket,
}

/// The other ticket of a link.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::api) struct LinkedTicket {
    #[schema(value_type = String)]
    id: Id,
    number: i64,
    subject: String,
    #[schema(value_type = Status)]
    status: &'static str,
    playbook: String,
    state: String,
}

/// What a ticket's state means.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "only described")]
pub(in crate::api) enum Status {
    Open,
    Pending,
    Solved,
    Closed,
}

/// How urgent a ticket is.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "only described")]
pub(in crate::api) enum Priority {
    Low,
    Normal,
    High,
    Urgent,
}

impl Ask {
    fn of(ask: &AskView, language: &str) -> Self {
        Self {
            name: ask.field.name.clone(),
            kind: ask.field.kind.word(),
            of: match &ask.field.kind {
                FieldKind::Choice { of } => of.clone(),
                _ => Vec::new(),
            },
            label: ask.field.label.text(language).to_owned(),
            required: ask.required,
        }
    }
}

impl Unchecked {
    fn of(item: &playbook::Unchecked, language: &str) -> Self {
        let (checklist, id) = (item.checklist.clone(), item.item.clone());
        Self { checklist, item: id, label: item.label.text(language).to_owned() }
    }
}

impl PriorityReason {
    fn of(view: &TicketView) -> Option<Self> {
        let reason = view.priority_reason.as_ref()?;
        Some(Self {
            by: reason.by.as_str(),
            name: reason.by.name().map(str::to_owned),
            because: view.because(view.language()),
            phrases: reason.by.phrases().map(str::to_owned),
            place: reason.by.line(),
            at: reason.at,
        })
    }
}

impl From<&Contact> for Requester {
    fn from(contact: &Contact) -> Self {
        Self { id: contact.id, email: contact.address.clone(), name: contact.name.clone() }
    }
}

impl From<&Reached> for Party {
    fn from(reached: &Reached) -> Self {
        Self { name: reached.party.clone(), people: reached.people.iter().map(Requester::from).collect() }
    }
}

impl From<&TicketView> for Ticket {
    fn from(view: &TicketView) -> Self {
        let (ticket, language) = (view.ticket.clone(), view.language());
        let choices = view.choices.iter();
        let missing = view.missing.iter();
        Self {
            id: ticket.id,
            number: ticket.number,
            subject: ticket.subject,
            status: ticket.status.as_str(),
            waiting_on: ticket.waiting_on,
            priority: ticket.priority.as_str(),
            priority_reason: PriorityReason::of(view),
            playbook: ticket.playbook,
            state: ticket.state,
            choices: choices
                .map(|c| Choice {
                    name: c.name.clone(),
                    label: c.label.text(language).to_owned(),
                    asks: c.asks.iter().map(|ask| Ask::of(ask, language)).collect(),
                    unchecked: c.unchecked.iter().map(|item| Unchecked::of(item, language)).collect(),
                })
                .collect(),
            missing: missing
                .map(|m| Missing { field: m.field.clone(), label: m.label.text(language).to_owned() })
                .collect(),
            checklists: view.checklists.iter().map(|list| Checklist::of(list, language)).collect(),
            clocks: view.clocks.iter().map(|clock| Clock::of(clock, language)).collect(),
            questions: view.questions.iter().map(Question::from).collect(),
            suggestion: view.suggestion.as_ref().map(Suggestion::from),
            requester: Requester::from(&view.requester),
            parties: view.parties.iter().map(Party::from).collect(),
            copies: view.copies.iter().map(Copied::from).collect(),
            organization: view.organization.as_ref().map(|organization| Organization {
                id: organization.id,
                key: organization.key.clone(),
                name: organization.name.clone(),
            }),
            team: ticket.team,
            assignee: view.assignee.as_ref().map(|agent| Assignee { id: agent.id, name: agent.name.clone() }),
            fields: ticket.fields,
            tags: view.tags.clone(),
            snoozed_until: ticket.snoozed_until,
            unread: None,
            merged_into: ticket.merged_into,
            merged: view.merged.iter().map(|merged| merged.ticket.id).collect(),
            created_at: ticket.created_at,
            updated_at: ticket.updated_at,
            closed_at: ticket.closed_at,
        }
    }
}

/// The links of a ticket, its opener first.
pub(in crate::api) fn links(view: &TicketView) -> Vec<Link> {
    let opener = view.opener.iter().map(|linked| ("opener", linked));
    let opened = view.children.iter().map(|linked| ("opened", linked));
    let shape = |(direction, linked): (&'static str, &desk::tickets::links::Linked)| Link {
        alias: linked.alias.clone(),
        key: linked.key.clone(),
        direction,
        ticket: LinkedTicket {
            id: linked.ticket.id,
            number: linked.ticket.number,
            subject: linked.ticket.subject.clone(),
            status: linked.ticket.status.as_str(),
            playbook: linked.ticket.playbook.clone(),
            state: linked.ticket.state.clone(),
        },
    };
    opener.chain(opened).map(shape).collect()
}

impl Ticket {
    /// The same ticket, of which is said whether it is unread.
    pub(in crate::api) fn unread(self, actor: &Actor, unread: &BTreeSet<Id>) -> Self {
        Self { unread: actor.agent_id().map(|_| unread.contains(&self.id)), ..self }
    }
}

/// The ticket as it stands now.
pub(in crate::api) async fn now(desk: &Desk, scope: Scope, id: Id) -> Result<Ticket, Problem> {
    Ok(Ticket::from(&desk.view(&mut desk.read().await?, scope, id).await?))
}

/// A ticket whose row was read under a scope already.
pub(in crate::api) async fn of_row(
    desk: &Desk,
    conn: &mut Conn,
    scope: Scope,
    ticket: desk::tickets::Ticket,
) -> Result<Ticket, Problem> {
    Ok(Ticket::from(&view::of(conn, &desk.ground, &desk.handbooks, scope, ticket).await?))
}
