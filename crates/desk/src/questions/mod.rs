//! Questions: what playbooks ask colleagues (`ask`, `approve`), and what they answer.
//!
//! A question is open until somebody answers it, until it is asked anew under its name, or until its ticket ends or goes
//! on in another playbook. Leaving the state that asked does not end it: the answer arrives wherever the ticket is then.

mod queries;

use jiff::Timestamp;
use playbook::DeskFile;
use store::{Conn, Id, News};

pub use crate::rights::answering::Asked;

use crate::messages::Author;
use crate::notifications::{self, Audience, What};
use crate::page::{Cursor, Listed, Page};
use crate::rights::Scope;
use crate::tickets::Ticket;
use crate::{Actor, Context, Error, Result, Role, agents};

/// What became of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It waits for an answer.
    Open,
    /// Somebody answered.
    Answered,
    /// Its ticket ended, or went on in another playbook.
    Lapsed,
    /// It was asked anew under its name.
    Replaced,
    /// Its ticket was merged into another one; it is open again when that is undone.
    Suspended,
}

impl State {
    /// The word, as the API says it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Answered => "answered",
            Self::Lapsed => "lapsed",
            Self::Replaced => "replaced",
            Self::Suspended => "suspended",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        let states = [Self::Open, Self::Answered, Self::Lapsed, Self::Replaced, Self::Suspended];
        states.into_iter().find(|state| state.as_str() == word)
    }
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its id.
    pub id: Id,
    /// The ticket that it is about.
    pub ticket: Id,
    /// The name that its events begin with.
    pub name: String,
    /// Whom it is put to.
    pub asked: Asked,
    /// What is asked.
    pub text: String,
    /// The answers to choose from; each is an event.
    pub answers: Vec<String>,
    /// After how long they are asked again, as the playbook writes it.
    pub chase: Option<String>,
    /// When they are asked again.
    pub chase_at: Option<Timestamp>,
    /// What became of it.
    pub state: State,
    /// The answer.
    pub answer: Option<String>,
    /// Who gave it.
    pub answered_by: Option<Author>,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// When it was answered, or was open no longer.
    pub closed_at: Option<Timestamp>,
}

/// A question with the ticket it is about, for lists.
#[derive(Clone, Debug)]
pub struct Listing {
    /// The question.
    pub question: Question,
    /// The ticket's number.
    pub number: i64,
    /// The ticket's subject.
    pub subject: String,
}

/// A question that is to be asked.
#[derive(Clone, Debug)]
pub struct NewQuestion<'a> {
    /// The name that its events begin with.
    pub name: &'a str,
    /// Whom it is put to: an agent's name, a team or a role.
    pub who: &'a str,
    /// What is asked.
    pub text: &'a str,
    /// The answers to choose from.
    pub answers: Vec<String>,
    /// After how long they are asked again, and when that is for the first time.
    pub chase: Option<(String, Timestamp)>,
}

/// Somebody who is to be asked again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The question.
    pub question: Id,
    /// Its ticket.
    pub ticket: Id,
    /// Since when.
    pub at: Timestamp,
}

/// Asks: those who are asked are told. A question that is open under the same name is replaced. When nobody is called as
/// the playbook says, the ticket's team is told too, since only a lead can answer then.
pub async fn ask(context: &mut Context<'_>, ticket: &Ticket, desk: &DeskFile, new: NewQuestion<'_>) -> Result<()> {
    queries::close_named(context.tx, ticket.id, new.name, State::Replaced, context.now).await?;
    let question = Question {
        id: context.ids.next(),
        ticket: ticket.id,
        name: new.name.to_owned(),
        asked: whom(context.tx, desk, new.who.trim()).await?,
        text: new.text.to_owned(),
        answers: new.answers,
        chase_at: new.chase.as_ref().map(|(_, at)| *at),
        chase: new.chase.map(|(span, _)| span),
        state: State::Open,
        answer: None,
        answered_by: None,
        asked_at: context.now,
        closed_at: None,
    };
    queries::insert(context.tx, &question).await?;
    tell(context, &question).await?;
    if let Asked::Person { name, agent: None } = &question.asked {
        let (number, who, question) = (ticket.number, name.clone(), question.text.clone());
        notifications::tell_team(context, ticket, What::NobodyOfThatName { number, who, question }).await?;
    }
    announce(context, &question);
    Ok(())
}

/// Asks those again who have not answered, and sets when to do so next.
pub async fn chase(context: &mut Context<'_>, question: &Question, next: Option<Timestamp>) -> Result<()> {
    tell(context, question).await?;
    queries::set_chase(context.tx, question.id, next).await?;
    announce(context, question);
    Ok(())
}

/// The question was answered by this command's actor.
pub async fn close_with(context: &mut Context<'_>, question: &Question, answer: &str) -> Result<()> {
    let by = Author::actor(context.actor);
    queries::answer(context.tx, question.id, answer, &by, context.now).await?;
    announce(context, question);
    Ok(())
}

/// Nothing is asked about a ticket any longer: it ended, or goes on in another playbook.
pub async fn lapse(context: &mut Context<'_>, ticket: Id) -> Result<()> {
    queries::close_open(context.tx, ticket, State::Lapsed, context.now).await?;
    context.tx.announce(News::of("question", ticket, 0));
    Ok(())
}

/// Nobody is asked about a ticket until it [goes on](resume).
pub async fn suspend(context: &mut Context<'_>, ticket: Id) -> Result<()> {
    if queries::suspend(context.tx, ticket).await? > 0 {
        context.tx.announce(News::of("question", ticket, 0));
    }
    Ok(())
}

/// What was asked about a ticket is open again.
pub async fn resume(context: &mut Context<'_>, ticket: Id) -> Result<()> {
    if queries::resume(context.tx, ticket).await? > 0 {
        context.tx.announce(News::of("question", ticket, 0));
        context.tx.announce(News::of("timer", ticket, 0));
    }
    Ok(())
}

/// Why a question cannot be answered with `answer` by `actor`, if it cannot.
///
/// # Errors
/// `forbidden`, `question-answered`, `question-lapsed`, or `no-such-answer`.
pub async fn check_answer(conn: &mut Conn, actor: &Actor, question: &Question, answer: &str) -> Result<()> {
    if !may_answer(conn, actor, question).await? {
        return Err(Error::forbidden(&format!("answer what {} was asked", question.asked.name()))
            .advise("Those who were asked may answer, and leads in their place."));
    }
    match question.state {
        State::Open if question.answers.iter().any(|known| known == answer) => Ok(()),
        State::Open => {
            Err(Error::invalid_field("answer", "no-such-answer", format!("{answer:?} is none of the answers"))
                .advise(format!("Answer {}.", question.answers.join(", "))))
        }
        State::Answered => {
            let who = question.answered_by.as_ref().map_or("Somebody", |by| by.name.as_str());
            let given = question.answer.as_deref().unwrap_or_default();
            Err(Error::conflict("question-answered", format!("{who} has answered already: {given}.")))
        }
        State::Lapsed | State::Replaced | State::Suspended => {
            Err(Error::conflict("question-lapsed", "This is no longer asked.")
                .advise("Look at the ticket as it stands now."))
        }
    }
}

/// Whether `actor` may answer a question; see [`may_answer`](crate::rights::answering::may_answer).
pub async fn may_answer(conn: &mut Conn, actor: &Actor, question: &Question) -> Result<bool> {
    let teams = match actor.agent_id() {
        Some(agent) => agents::teams_of(conn, agent).await?,
        None => Vec::new(),
    };
    Ok(crate::rights::answering::may_answer(actor, &teams, &question.asked))
}

/// The question with this id.
pub async fn find(conn: &mut Conn, id: Id) -> Result<Option<Question>> {
    Ok(queries::find(conn, id).await?)
}

/// The question that was last asked on a ticket under this name.
pub async fn find_by_name(conn: &mut Conn, ticket: Id, name: &str) -> Result<Option<Question>> {
    Ok(queries::find_by_name(conn, ticket, name).await?)
}

/// What was asked about a ticket, oldest first; the newest `limit`.
pub async fn of_ticket(conn: &mut Conn, scope: Scope, ticket: Id, limit: u32) -> Result<Vec<Question>> {
    scope.require(conn, ticket).await?;
    Ok(queries::of_ticket(conn, ticket, limit).await?)
}

/// The open questions that are put to `actor`, by name, team or role, the newest first. What leads may answer in the place
/// of others is not among them.
pub async fn put_to(conn: &mut Conn, _scope: Scope, actor: &Actor, page: Page) -> Result<Listed<Listing>> {
    let listings = queries::put_to(conn, actor.agent_id(), &roles(actor), page).await?;
    let cursor = |listing: &Listing| Cursor { at: listing.question.asked_at, id: listing.question.id };
    Ok(Listed::cut(listings, page.limit, cursor))
}

/// How many open questions are put to `actor`.
pub async fn count_put_to(conn: &mut Conn, _scope: Scope, actor: &Actor) -> Result<i64> {
    Ok(queries::count_put_to(conn, actor.agent_id(), &roles(actor)).await?)
}

/// Up to `limit` questions whose people are to be asked again, the longest overdue first.
pub async fn due(conn: &mut Conn, now: Timestamp, limit: u32) -> Result<Vec<Due>> {
    Ok(queries::due(conn, now, limit).await?)
}

/// When somebody is next to be asked again.
pub async fn next_due(conn: &mut Conn) -> Result<Option<Timestamp>> {
    Ok(first(conn).await?.map(|due| due.at))
}

/// The question whose people are to be asked again first, whosever ticket it is about.
pub async fn first(conn: &mut Conn) -> Result<Option<Due>> {
    Ok(queries::due(conn, Timestamp::MAX, 1).await?.pop())
}

/// Puts off until `until` whom to ask again about a ticket.
pub async fn postpone(context: &mut Context<'_>, ticket: Id, until: Timestamp) -> Result<()> {
    Ok(queries::postpone(context.tx, ticket, context.now, until).await?)
}

/// Whom a playbook means: a team, else a role, else the agent of that name.
async fn whom(conn: &mut Conn, desk: &DeskFile, who: &str) -> Result<Asked> {
    if desk.teams.contains_key(who) {
        return Ok(Asked::Team(who.to_owned()));
    }
    // Collaborators are asked by name or in their team.
    if let Some(role) = who.parse::<Role>().ok().filter(|role| *role != Role::Collaborator) {
        return Ok(Asked::Role(role));
    }
    let agent = agents::find_by_name(conn, who).await?;
    Ok(Asked::Person { name: who.to_owned(), agent: agent.map(|agent| agent.id) })
}

/// The roles whose questions `actor` is asked: their own and those below it.
fn roles(actor: &Actor) -> Vec<Role> {
    let all = [Role::Owner, Role::Lead, Role::Agent];
    actor.role().map(|own| all.into_iter().filter(|role| own <= *role).collect()).unwrap_or_default()
}

async fn tell(context: &mut Context<'_>, question: &Question) -> Result<()> {
    let name = question.asked.name().to_owned();
    let audience = match &question.asked {
        Asked::Person { agent: Some(id), .. } => Audience::Agent { id: *id, name },
        Asked::Person { agent: None, .. } => Audience::Person(name),
        Asked::Team(_) => Audience::Team(name),
        Asked::Role(_) => Audience::Role(name),
    };
    let what = What::Asked { text: question.text.clone() };
    notifications::tell(context, question.ticket, &audience, what).await
}

/// Lists of questions change, and so does when the next timer is due.
fn announce(context: &mut Context<'_>, question: &Question) {
    context.tx.announce(News::of("question", question.ticket, 0));
    if question.chase.is_some() {
        context.tx.announce(News::of("timer", question.ticket, 0));
    }
}
