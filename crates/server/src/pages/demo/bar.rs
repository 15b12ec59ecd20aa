//! The bar above every page of the demo.

use desk::agents;
use desk::rights::Scope;
use desk::tickets::Ticket;
use desk::{Actor, Result, Role};
use playbook::Status;
use store::Conn;

use crate::edge::viewer::CLIENT;
use crate::pages::frame::{DemoBar, NextDue, Persona};
use crate::pages::moments::Moments;
use crate::pages::person::Person;
use crate::pages::visit::Visit;

/// Where the demo's form is.
pub const FORM: &str = "/forms/document-survey";

/// The bar as it stands.
pub async fn of(visit: &Visit) -> Result<DemoBar> {
    let moments = visit.moments().await?;
    Ok(DemoBar {
        now: moments.clock(moments.now()),
        next: next(visit, &moments).await?,
        personas: personas(visit).await?,
        form_href: FORM.to_owned(),
    })
}

async fn personas(visit: &Visit) -> Result<Vec<Persona>> {
    let mut conn = visit.read().await?;
    let handbook = visit.app.desk.handbooks.current(&mut conn).await?;
    let chosen = visit.viewer.as_ref().map(|viewer| viewer.actor.clone());
    let mut personas = Vec::new();
    for agent in agents::all(&mut conn).await? {
        let teams = agents::teams_of(&mut conn, agent.id).await?;
        let titles = teams.iter().map(|team| {
            let known = handbook.desk.teams.get(team);
            known.map_or_else(|| team.clone(), |team| team.title.text(visit.texts.tag()).to_owned())
        });
        personas.push(Persona {
            id: agent.id.to_string(),
            role: titles.collect::<Vec<_>>().join(", "),
            chosen: chosen.as_ref().and_then(Actor::agent_id) == Some(agent.id),
            person: Person::new(agent.name, agent.address),
        });
    }
    personas.push(Persona {
        id: CLIENT.to_owned(),
        person: Person::named(visit.texts.get("demo-client")),
        role: visit.texts.get("demo-client-role"),
        chosen: chosen == Some(Actor::Outside),
    });
    Ok(personas)
}

/// What happens by itself next, whosever ticket it is: the demo hides nothing.
async fn next(visit: &Visit, moments: &Moments) -> Result<Option<NextDue>> {
    let mut conn = visit.read().await?;
    let timer = desk::timers::first(&mut conn).await?;
    let suggestion = desk::suggestions::first(&mut conn).await?;
    let question = desk::questions::first(&mut conn).await?;
    let timers = timer.iter().map(|due| (due.timer.due, due.ticket, "demo-moves"));
    let suggestions = suggestion.iter().map(|due| (due.at, due.ticket, "demo-sends"));
    let questions = question.iter().map(|due| (due.at, due.ticket, "demo-asks"));
    let Some((at, ticket, key)) = timers.chain(suggestions).chain(questions).min_by_key(|(at, ..)| *at) else {
        return Ok(None);
    };
    let onlooker = Actor::Program { name: "demo".to_owned(), role: Role::Agent };
    let ticket = desk::tickets::show(&mut conn, Scope::of(&onlooker)?, ticket).await?;
    let key = match timer.filter(|_| key == "demo-moves") {
        Some(due) if closes(visit, &mut conn, &ticket, &due.timer).await? => "demo-closes",
        _ => key,
    };
    let number = ticket.number.to_string();
    Ok(Some(NextDue { what: visit.texts.with(key, &[("number", &number)]), at: moments.when(at) }))
}

/// Whether a timer leads to the end of its ticket.
async fn closes(visit: &Visit, conn: &mut Conn, ticket: &Ticket, timer: &playbook::Timer) -> Result<bool> {
    let handbook = visit.app.desk.handbooks.current(conn).await?;
    let Some(playbook) = handbook.playbook(&ticket.playbook) else { return Ok(false) };
    let target = playbook.timer_leads_to(timer).and_then(|state| playbook.standing(&state));
    Ok(target.is_some_and(|standing| standing.status == Status::Closed))
}
