//! How a ticket looks from outside at this moment: what may be chosen, what is missing, where it stands and what stands around
//! it. Read without a lock and never kept.

use std::sync::Arc;

use jiff::Timestamp;
use mail::Address;
use playbook::{
    ChecklistView, ChoiceView, ClockView, Facts, Fault, Handbook, Localized, Missing, OutlineState, Playbook, Run,
    Standing, Timer,
};
use store::{Conn, Id};

use super::facts::Surroundings;
use super::parties::{self, Reached};
use super::{Case, facts, pending};
use crate::Result;
use crate::agents::Agent;
use crate::contacts::Contact;
use crate::ground::Ground;
use crate::handbook::Handbooks;
use crate::organizations::Organization;
use crate::questions::Question;
use crate::rights::Scope;
use crate::suggestions::Suggestion;
use crate::tickets::links::Linked;
use crate::tickets::merges::{self, Merged};
use crate::tickets::priorities::{self, Giver, Reason};
use crate::tickets::{self, Ticket, participants};

/// A ticket with everything that a person or a program sees beside it.
#[derive(Clone, Debug)]
pub struct TicketView {
    /// The ticket.
    pub ticket: Ticket,
    /// Its tags, sorted.
    pub tags: Vec<String>,
    /// Who asked.
    pub requester: Contact,
    /// The organization it is for.
    pub organization: Option<Organization>,
    /// The agent who has it.
    pub assignee: Option<Agent>,
    /// What its playbook is called.
    pub title: Localized,
    /// The choices of its state, those that something is missing for included.
    pub choices: Vec<ChoiceView>,
    /// The checklists of its playbook as they stand; none until its run has begun.
    pub checklists: Vec<ChecklistView>,
    /// What those choices still ask for, each once.
    pub missing: Vec<Missing>,
    /// Why its choices cannot be told, when a guard failed.
    pub fault: Option<Fault>,
    /// How it stands; `None` until its run has begun.
    pub standing: Option<Standing>,
    /// Every state of its playbook.
    pub outline: Vec<OutlineState>,
    /// The timers that are set, the first due first.
    pub timers: Vec<Timer>,
    /// The clocks of its playbook that were ever started: those first that run or have run out, the first due first.
    pub clocks: Vec<ClockView>,
    /// What its playbook asked colleagues, oldest first.
    pub questions: Vec<Question>,
    /// The answer that its playbook suggests.
    pub suggestion: Option<Suggestion>,
    /// The parties of its playbook, and whom a message to each reaches.
    pub parties: Vec<Reached>,
    /// Who gets in copy what people say on its thread, or on its opener's where it converses there.
    pub copies: Vec<Address>,
    /// Why it has its priority; nothing where nobody gave it one.
    pub priority_reason: Option<Reason>,
    /// The tickets it opened; of several under one alias the newest last.
    pub children: Vec<Linked>,
    /// The ticket that opened it.
    pub opener: Option<Linked>,
    /// The ticket that it was merged into, where it was: nothing can be done here then.
    pub merged_into: Option<Ticket>,
    /// The tickets that were merged into it, oldest first.
    pub merged: Vec<Merged>,
    /// Its run.
    pub run: Run,
    /// What its playbook knows of it now.
    pub facts: Facts,
    /// The handbook revision that it is pinned to.
    pub handbook: Arc<Handbook>,
    /// That revision's number.
    pub revision: i64,
}

impl TicketView {
    /// The language that labels are shown in where nobody's own is known: the desk's first.
    pub fn language(&self) -> &str {
        self.handbook.desk.languages.first().map_or("", String::as_str)
    }

    /// Why it has its priority, in words for people; nothing where whoever gave it said nothing. A rule's words are those of the
    /// ticket's own revision.
    pub fn because(&self, language: &str) -> Option<String> {
        match &self.priority_reason.as_ref()?.by {
            Giver::Rule { impact, rule, .. } => {
                let because = self.handbook.impacts.get(impact).and_then(|rules| rules.because(rule));
                Some(because.map_or_else(|| rule.clone(), |words| words.text(language).to_owned()))
            }
            Giver::Playbook { because, .. } => because.clone(),
            Giver::Person(_) | Giver::Program(_) => None,
        }
    }
}

/// The ticket that `scope` may see under this id.
pub async fn of_ticket(
    conn: &mut Conn,
    ground: &Ground,
    handbooks: &Handbooks,
    scope: Scope,
    id: Id,
) -> Result<TicketView> {
    let ticket = tickets::show(conn, scope, id).await?;
    of(conn, ground, handbooks, scope, ticket).await
}

/// A ticket whose row was read already, under a scope.
pub async fn of(
    conn: &mut Conn,
    ground: &Ground,
    handbooks: &Handbooks,
    scope: Scope,
    ticket: Ticket,
) -> Result<TicketView> {
    let case = Case::read(conn, handbooks, ticket).await?;
    let mut around = Surroundings::of(conn, &case.ticket).await?;
    let tags = tickets::tags(conn, case.ticket.id).await?;
    let priority_reason = priorities::reason(conn, case.ticket.id).await?;
    let playbook = case.playbook()?;
    let facts = facts::of(&case, &ground.settings, &around)?;
    let (questions, suggestion) = pending::of_case(conn, scope, &case).await?;
    let parties = parties::reached(conn, &case).await?;
    if !scope.is_everything() {
        hide_unseen(conn, scope, &mut around).await?;
    }
    let opener = around.opener.as_ref().filter(|_| playbook.converses_with_opener());
    let copies = participants::in_copy(conn, opener.map_or(case.ticket.id, |opener| opener.ticket.id)).await?;
    let now = ground.clock.now();
    let (choices, fault) = offered(&case, &playbook, &facts, now);
    let merged_into = match case.ticket.merged_into {
        Some(into) => tickets::find(conn, into).await?,
        None => None,
    };
    let merged = merges::into_this(conn, case.ticket.id).await?;
    // What cannot be told here is told by the choices, which ask the same.
    let checklists =
        if case.begun { playbook.checklists(&case.run, &facts, now).unwrap_or_default() } else { Vec::new() };
    Ok(TicketView {
        tags,
        clocks: playbook.clock_views(&case.run, &facts, now),
        missing: missing(&choices),
        choices,
        checklists,
        fault,
        title: playbook.title().clone(),
        standing: playbook.standing_now(&case.run),
        outline: playbook.outline(),
        merged_into,
        merged,
        organization: around.organization,
        assignee: around.assignee,
        questions,
        suggestion,
        parties,
        copies,
        priority_reason,
        children: around.children,
        opener: around.opener,
        requester: case.requester,
        timers: case.run.timers.clone(),
        run: case.run,
        facts,
        handbook: case.handbook,
        revision: case.revision,
        ticket: case.ticket,
    })
}

/// Leaves out the tickets beside it that `scope` does not see.
async fn hide_unseen(conn: &mut Conn, scope: Scope, around: &mut Surroundings) -> Result<()> {
    let mut seen = Vec::new();
    for child in std::mem::take(&mut around.children) {
        if scope.sees(conn, child.ticket.id).await? {
            seen.push(child);
        }
    }
    around.children = seen;
    if let Some(opener) = &around.opener
        && !scope.sees(conn, opener.ticket.id).await?
    {
        around.opener = None;
    }
    Ok(())
}

/// The choices, or why they cannot be told. A ticket whose run has not begun, or is suspended, offers none.
fn offered(case: &Case, playbook: &Playbook, facts: &Facts, now: Timestamp) -> (Vec<ChoiceView>, Option<Fault>) {
    if !case.begun || case.ticket.merged_into.is_some() {
        return (Vec::new(), None);
    }
    match playbook.choices(&case.run, facts, now) {
        Ok(choices) => (choices, None),
        Err(fault) => (Vec::new(), Some(fault)),
    }
}

/// What is missing, each once, in the order of the choices.
fn missing(choices: &[ChoiceView]) -> Vec<Missing> {
    let mut missing: Vec<Missing> = Vec::new();
    for unmet in choices.iter().flat_map(|choice| &choice.unmet) {
        if !missing.contains(unmet) {
            missing.push(unmet.clone());
        }
    }
    missing
}
