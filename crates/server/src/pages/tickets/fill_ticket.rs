//! One ticket as its page shows it.

use std::collections::{BTreeMap, BTreeSet};

use desk::error::FieldError;
use desk::mailboxes::watch::{self, Behind};
use desk::rights::{self, Verb, may};
use desk::runs::view::{self, TicketView};
use desk::tickets::links::Linked;
use desk::tickets::{self, bulk};
use desk::timers::held::is_held;
use desk::{Result, agents, messages, sendings};
use jiff::Timestamp;
use playbook::{ChoiceView, OutlineState, Status};
use store::{Conn, Id};

use super::asked::with;
use super::beside::Late;
use super::choice::Choice;
use super::choose::asked;
use super::context::{Context, LinkedTicket, Organization, Place, StateLine, Timer};
use super::copies::{self, Copies};
use super::fill_beside::{self, Undone};
use super::fill_checklists::{self, Refused};
use super::fill_composer::{Unsent, composer, revisions};
use super::fill_fields::{fields, spoken};
use super::fill_list::{Words, by_itself, standing};
use super::past::Past;
use super::urgency::Urgency;
use super::view::{Earlier, Ticket};
use super::window::{View, Window};
use super::{fill_asked, fill_clocks, fill_deeds, fill_owner, fill_thread};
use crate::pages::field::{Field, FieldKind};
use crate::pages::forms::fill::{control, help};
use crate::pages::mailboxes::fill::why_held;
use crate::pages::organizations::fill::organization_href;
use crate::pages::person::Person;
use crate::pages::visit::Visit;

/// How many linked tickets stand beside a ticket that opened many.
const LINKS_SHOWN: usize = 30;

/// What came back with a mistake and is shown again.
#[derive(Default)]
pub struct Again {
    /// What was written.
    pub composer: Option<Unsent>,
    /// The choice, its answers, and what is wrong with them.
    pub choice: Option<(String, BTreeMap<String, String>, Vec<FieldError>)>,
    /// The id of the question, and what is wrong with its answer.
    pub question: Option<(String, String)>,
    /// The item of a checklist that was not checked.
    pub check: Option<Refused>,
    /// The fields as they were entered, and what is wrong with them; nothing is where somebody else changed them meanwhile.
    pub fields: Option<(BTreeMap<String, String>, Vec<FieldError>)>,
    /// The merge or link that was not made.
    pub undone: Option<Undone>,
    /// What was entered for a copy and could not be read.
    pub copies: Option<copies::Refused>,
    /// The reply that waits, and the time for it that was none.
    pub late: Option<(Id, Late)>,
}

/// What is asked for of a ticket.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    /// The whole page; else the parts that change while somebody looks: all but the composer, which is theirs.
    pub whole: bool,
    /// The query of the list that it was opened from.
    pub query: &'a str,
    /// How much of what was said, and what somebody is about to do with it.
    pub window: Window,
}

/// The ticket with this id, under the viewer's rights. Its parts are read one after the other: where it changed in between they are read
/// once more, so that a reply that is just leaving stands in one place and what a client says meanwhile is not taken for seen.
pub async fn ticket(visit: &Visit, words: &Words, id: Id, wanted: Wanted<'_>, again: &Again) -> Result<Ticket> {
    let mut conn = visit.read().await?;
    let ticket = parts(&mut conn, visit, words, id, wanted, again).await?;
    let now = tickets::version(&mut conn, id).await?;
    if now.and_then(|now| u64::try_from(now).ok()) == Some(ticket.version) {
        return Ok(ticket);
    }
    parts(&mut conn, visit, words, id, wanted, again).await
}

async fn parts(
    conn: &mut Conn,
    visit: &Visit,
    words: &Words,
    id: Id,
    wanted: Wanted<'_>,
    again: &Again,
) -> Result<Ticket> {
    let desk = &visit.app.desk;
    let view = view::of_ticket(conn, &desk.ground, &desk.handbooks, visit.scope()?, id).await?;
    let past = Past::of(conn, visit, &view).await?;
    let behind = watch::behind(conn, desk.now()).await?;
    let context = context(conn, visit, words, &view, (&past, again), behind.as_ref()).await?;
    let questions = fill_asked::questions(conn, visit, words, &view, again.question.as_ref()).await?;
    let owner = fill_owner::owner(conn, visit, &view).await?;
    let said = messages::newest_public(conn, id).await?;
    let beside = fill_beside::beside(conn, visit, words, &view, said, again).await?;
    // A reply that waits counts as said for whoever writes another one.
    let seen = said.max(sendings::newest(conn, id).await?);
    // Whoever only notes is offered nothing else.
    let works = may(&visit.actor(), Verb::WorkOnTickets);
    // What waits to leave in its place has used it up, unless it is taken back.
    let answers = beside.sendings.iter().any(|sending| sending.to.is_none());
    let suggestion = fill_asked::suggestion(visit, words, &view, behind.as_ref()).filter(|_| works && !answers);
    let query = wanted.query;
    let composer = match again.composer.as_ref() {
        unsent if wanted.whole => composer(conn, visit, &view, seen, suggestion.as_ref(), unsent).await?,
        _ => None,
    };
    let drafts = match &composer {
        Some(composer) => Some(composer.revisions.clone()),
        None => revisions(conn, visit, &view).await?,
    };
    let shown = wanted.window.of(&past.messages);
    let undo = if works { bulk::undoable(conn, &view.ticket).await?.map(|bulk| bulk.id) } else { None };
    let offered = if works { view.choices.as_slice() } else { &[] };
    Ok(Ticket {
        id: id.to_string(),
        version: u64::try_from(view.ticket.version).unwrap_or_default(),
        changed_at: view.ticket.updated_at,
        deeds: (works && view.ticket.merged_into.is_none())
            .then(|| fill_deeds::of_ticket(&words.moments, &view, &format!("/tickets/{id}{query}"))),
        number: view.ticket.number.to_string(),
        subject: view.ticket.subject.clone(),
        standing: standing(view.ticket.status, &view.ticket.waiting_on),
        urgency: Urgency::of(&view, visit.texts.tag()),
        state: title(visit, &view),
        clock: fill_clocks::chip(visit.texts, words, &view)
            .or_else(|| first_due(&view).map(|due| by_itself(words, due))),
        owner,
        back: format!("/tickets{query}"),
        entries: fill_thread::entries(visit, words, &view, &past, &wanted, undo),
        from: shown.from.or_else(|| past.messages.first().map(|message| message.id)).map(|id| id.to_string()),
        earlier: earlier(id, query, shown),
        questions,
        choices: offered.iter().map(|choice| choice_view(visit, &view, choice, again)).collect(),
        checklists: fill_checklists::checklists(visit, words, &view, &past, again.check.as_ref()),
        composer: composer.map(|composer| if works { composer } else { composer.of_notes() }),
        drafts,
        copies: Copies::of(&view, again.copies.as_ref()),
        suggestion,
        context,
        beside,
    })
}

/// The way to what was said before what is shown.
fn earlier(ticket: Id, query: &str, shown: View) -> Option<Earlier> {
    let query = with(query, "from", 0);
    (shown.earlier > 0).then(|| Earlier {
        count: shown.earlier,
        href: format!("/tickets/{ticket}{query}"),
        panes: format!("/tickets/{ticket}/panes{query}"),
    })
}

/// When the first thing happens by itself: a timer fires, the draft is sent, colleagues are asked again.
fn first_due(view: &TicketView) -> Option<Timestamp> {
    let timers = view.timers.iter().map(|timer| timer.due);
    let draft = view.suggestion.iter().filter_map(|suggestion| suggestion.send_at);
    let chases = view.questions.iter().filter_map(|question| question.chase_at);
    timers.chain(draft).chain(chases).min()
}

/// The title of the state it is in, in the words of its own revision.
fn title(visit: &Visit, view: &TicketView) -> String {
    view.standing
        .as_ref()
        .map_or_else(|| visit.texts.get("step-no-state"), |standing| standing.title.text(visit.texts.tag()).to_owned())
}

fn choice_view(visit: &Visit, view: &TicketView, choice: &ChoiceView, again: &Again) -> Choice {
    let (texts, language) = (visit.texts, visit.texts.tag());
    let playbook = view.handbook.playbook(&view.ticket.playbook);
    let leads_to = choice.leads_to.as_deref().and_then(|state| playbook?.standing(state));
    let consequence = match &leads_to {
        Some(standing) => texts.with("choice-leads-to", &[("state", standing.title.text(language))]),
        None => texts.get("choice-depends"),
    };
    let answered = again.choice.as_ref().filter(|(name, _, _)| *name == choice.name);
    Choice {
        name: choice.name.clone(),
        label: choice.label.text(language).to_owned(),
        consequence,
        unavailable: unchecked(visit, choice),
        inputs: inputs(visit, view, choice, answered),
        solves: leads_to.is_some_and(|standing| matches!(standing.status, Status::Solved | Status::Closed)),
    }
}

/// Which items of checklists hold a choice back.
fn unchecked(visit: &Visit, choice: &ChoiceView) -> Option<String> {
    let labels: Vec<&str> = choice.unchecked.iter().map(|item| item.label.text(visit.texts.tag())).collect();
    (!labels.is_empty()).then(|| visit.texts.with("choice-unchecked", &[("items", &labels.join(", "))]))
}

/// What somebody answered before, and what was wrong with it.
type Answered = (String, BTreeMap<String, String>, Vec<FieldError>);

/// The controls for what a choice needs to know first and for what it asks.
fn inputs(visit: &Visit, view: &TicketView, choice: &ChoiceView, answered: Option<&Answered>) -> Vec<Field> {
    let language = visit.texts.tag();
    let declared = view.handbook.playbook(&view.ticket.playbook).map(|playbook| playbook.fields());
    let needed = choice.unmet.iter().map(|missing| {
        let field = declared.and_then(|fields| fields.get(&missing.field));
        input(visit, &choice.name, &missing.field, missing.label.text(language), field, answered)
    });
    let asks = choice.asks.iter().map(|ask| {
        let label = ask.field.label.text(language);
        let mut input = input(visit, &choice.name, &asked(&ask.field.name), label, Some(&ask.field), answered);
        input.required = ask.required;
        input
    });
    needed.chain(asks).collect()
}

fn input(
    visit: &Visit,
    choice: &str,
    name: &str,
    label: &str,
    declared: Option<&playbook::Field>,
    answered: Option<&Answered>,
) -> Field {
    let answer = answered.and_then(|(_, answers, _)| answers.get(name)).map(String::as_str);
    let kind = match declared {
        Some(field) => control(field, answer),
        None => FieldKind::Text(answer.unwrap_or_default().to_owned()),
    };
    let mut field = Field::new(name, label, kind);
    field.id = format!("choice-{choice}-{}", name.replace('.', "-"));
    field.help = declared.and_then(|declared| help(visit.texts, declared));
    let wrong = answered.and_then(|(_, _, errors)| errors.iter().find(|error| error.field == name));
    field.error = wrong.map(|error| error.message.clone());
    field
}

async fn context(
    conn: &mut Conn,
    visit: &Visit,
    words: &Words,
    view: &TicketView,
    (past, again): (&Past, &Again),
    behind: Option<&Behind>,
) -> Result<Context> {
    let language = visit.texts.tag();
    let reads = rights::may(&visit.actor(), Verb::ReadPeople);
    let mut children: Vec<&Linked> = view.children.iter().collect();
    children.sort_by_key(|link| link.ticket.closed_at.is_some());
    let links_more = children.len().saturating_sub(LINKS_SHOWN);
    let shown = children.into_iter().take(LINKS_SHOWN).map(|link| (true, link));
    let mut links = Vec::new();
    for (opened_here, link) in shown.chain(view.opener.iter().map(|link| (false, link))) {
        links.push(linked(conn, words, opened_here, link).await?);
    }
    Ok(Context {
        playbook: view.title.text(language).to_owned(),
        outline: outline(visit, view, past),
        clocks: fill_clocks::clocks(visit, words, view),
        timers: timers(visit, words, view, behind),
        requester: Person { name: view.requester.label().to_owned(), email: view.requester.address.clone() },
        requester_href: reads.then(|| format!("/contacts/{}", view.requester.id)),
        role: view.requester.role.clone(),
        organization: view.organization.as_ref().map(|organization| Organization {
            href: reads.then(|| organization_href(&organization.key)),
            name: organization.name.clone(),
            plan: organization.plan.clone(),
            facts: facts(visit, view, organization),
        }),
        links,
        links_more,
        fields: fields(visit, words, view, again),
        fields_again: again.fields.as_ref().map(|(_, errors)| errors.is_empty()),
        team: view.ticket.team.as_deref().map(|team| words.team(team)),
    })
}

fn outline(visit: &Visit, view: &TicketView, past: &Past) -> Vec<StateLine> {
    let traces = past.steps.iter().filter_map(|step| step.trace.as_ref());
    let been: BTreeSet<&str> = traces.flat_map(|trace| &trace.entered).map(String::as_str).collect();
    // An inner state without a title is a step of its parent that nobody needs to know by name.
    let shown: Vec<&OutlineState> = view.outline.iter().filter(|state| state.depth == 0 || state.is_titled).collect();
    let is_shown = |path: &str| shown.iter().any(|state| state.path == path);
    let present = ancestors(&view.ticket.state).find(|path| is_shown(path)).unwrap_or_default();
    let within = |path: &str, state: &str| state.len() > path.len() && state.starts_with(&format!("{path}."));
    let place = |state: &OutlineState| match state.path.as_str() {
        path if path == present => Place::Here,
        path if within(path, present) => Place::Within,
        path if been.iter().any(|state| *state == path || within(path, state)) => Place::Travelled,
        _ => Place::Ahead,
    };
    let line = |state: &OutlineState| StateLine {
        title: state.title.text(visit.texts.tag()).to_owned(),
        depth: state.depth,
        place: place(state),
    };
    shown.into_iter().map(line).collect()
}

/// A state's dotted path and those of its ancestors, innermost first.
fn ancestors(path: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(path), |path| path.rsplit_once('.').map(|(parent, _)| parent))
}

fn timers(visit: &Visit, words: &Words, view: &TicketView, behind: Option<&Behind>) -> Vec<Timer> {
    let playbook = view.handbook.playbook(&view.ticket.playbook);
    let what = |timer: &playbook::Timer| {
        let target = playbook.and_then(|playbook| playbook.standing(&playbook.timer_leads_to(timer)?));
        match target {
            Some(standing) if standing.status == Status::Closed => visit.texts.get("timer-closes"),
            Some(standing) => visit.texts.with("timer-leads-to", &[("state", standing.title.text(visit.texts.tag()))]),
            None => visit.texts.get("timer-acts"),
        }
    };
    let held = |timer: &playbook::Timer| {
        let punctual = playbook.is_some_and(|playbook| playbook.is_punctual(timer));
        let now = words.moments.now();
        behind.filter(|behind| is_held(behind, &view.ticket.waiting_on, timer, punctual, now))
    };
    // Those of clocks stand among the clocks.
    (view.timers.iter())
        .filter(|timer| playbook.is_none_or(|playbook| !playbook.is_of_a_clock(timer)))
        .map(|timer| Timer {
            what: what(timer),
            due: words.moments.when(timer.due),
            held: held(timer).map(|behind| why_held(visit, words, behind)),
        })
        .collect()
}

async fn linked(conn: &mut Conn, words: &Words, opened_here: bool, link: &Linked) -> Result<LinkedTicket> {
    let ticket = &link.ticket;
    let assignee = match ticket.assignee {
        Some(id) => agents::find(conn, id).await?.map(|agent| agent.name),
        None => None,
    };
    Ok(LinkedTicket {
        opened_here,
        number: ticket.number.to_string(),
        subject: ticket.subject.clone(),
        href: format!("/tickets/{}", ticket.id),
        state: words.state(&ticket.playbook, &ticket.state),
        standing: standing(ticket.status, &ticket.waiting_on),
        assignee,
    })
}

fn facts(visit: &Visit, view: &TicketView, organization: &desk::organizations::Organization) -> Vec<(String, String)> {
    let declared = &view.handbook.desk.attributes.organization;
    let known = declared.iter().filter_map(|(name, field)| {
        let value = organization.attributes.get(name).and_then(spoken)?;
        Some((field.label.text(visit.texts.tag()).to_owned(), value))
    });
    known.collect()
}
