//! What a story expects, asked of the desk.

use jiff::SignedDuration;
use playbook::ExpectationKind;

use super::stage::Stage;
use crate::messages::{self, Kind};
use crate::notifications::Notice;
use crate::outbox::catcher::{self, Caught};
use crate::page::Page;
use crate::rights::Scope;
use crate::tickets::Ticket;
use crate::{Result, agents, notifications};

/// How many messages or notices of one ticket are looked at.
const LOOKED_AT: u32 = 1_000;

/// Why an expectation is not met now; `None` when it is.
pub(super) async fn unmet(stage: &Stage, kind: &ExpectationKind) -> Result<Option<String>> {
    use ExpectationKind as Wanted;
    match kind {
        Wanted::State { state, ticket } => {
            about(stage, ticket.as_deref(), |found| {
                let within = found.state == *state || found.state.starts_with(&format!("{state}."));
                expect(within, || format!("the state is {}, not {state}", found.state))
            })
            .await
        }
        Wanted::Status { status, ticket } => {
            about(stage, ticket.as_deref(), |found| {
                expect(found.status == *status, || format!("the status is {}, not {status}", found.status))
            })
            .await
        }
        Wanted::Priority { priority, ticket } => {
            about(stage, ticket.as_deref(), |found| {
                let has = found.priority.as_str();
                expect(has == *priority, || format!("the priority is {has}, not {priority}"))
            })
            .await
        }
        Wanted::Subject { subject, ticket } => {
            about(stage, ticket.as_deref(), |found| {
                expect(found.subject == *subject, || format!("the subject is {:?}", found.subject))
            })
            .await
        }
        Wanted::Field { name, is, ticket } => {
            about(stage, ticket.as_deref(), |found| {
                let value = found.fields.get(name).cloned().unwrap_or_default();
                expect(value == *is, || format!("{name} is {value}, not {is}"))
            })
            .await
        }
        Wanted::Assigned { to, ticket } => assigned(stage, to.as_deref(), ticket.as_deref()).await,
        Wanted::Offered { choice, ticket } => offered(stage, choice, ticket.as_deref()).await,
        Wanted::Clock { name, stands, left, ticket } => {
            clock(stage, name, stands.as_deref(), *left, ticket.as_deref()).await
        }
        Wanted::Note { text, ticket } => noted(stage, text, ticket.as_deref()).await,
        Wanted::Told { who, text, times } => told(stage, who, text.as_deref(), *times).await,
        Wanted::Mail { reply, to } => mailed(stage, reply, to.as_deref()).await,
        Wanted::Mails { count, to } => {
            let sent = mails(stage, to.as_deref()).await?.len() as u64;
            Ok(expect(sent == *count, || format!("{sent} mails were sent, not {count}")))
        }
        Wanted::Tickets { count } => {
            let open = stage.all_tickets().await?.len() as u64;
            Ok(expect(open == *count, || format!("there are {open} tickets, not {count}")))
        }
        Wanted::Never(kind) => {
            let unmet = Box::pin(unmet(stage, kind)).await?;
            Ok(expect(unmet.is_some(), || "it is so".to_owned()))
        }
    }
}

fn expect(holds: bool, otherwise: impl FnOnce() -> String) -> Option<String> {
    if holds { None } else { Some(otherwise()) }
}

async fn about(
    stage: &Stage,
    alias: Option<&str>,
    judge: impl FnOnce(&Ticket) -> Option<String>,
) -> Result<Option<String>> {
    Ok(match stage.ticket(alias).await? {
        Some(ticket) => judge(&ticket),
        None => Some("there is no such ticket".to_owned()),
    })
}

async fn assigned(stage: &Stage, to: Option<&str>, alias: Option<&str>) -> Result<Option<String>> {
    let Some(ticket) = stage.ticket(alias).await? else { return Ok(Some("there is no such ticket".to_owned())) };
    let assignee = match ticket.assignee {
        Some(id) => agents::find(&mut stage.desk.read().await?, id).await?.map(|agent| agent.name),
        None => None,
    };
    Ok(expect(assignee.as_deref() == to, || format!("it is assigned to {}", assignee.as_deref().unwrap_or("nobody"))))
}

async fn offered(stage: &Stage, choice: &str, alias: Option<&str>) -> Result<Option<String>> {
    let Some(ticket) = stage.ticket(alias).await? else { return Ok(Some("there is no such ticket".to_owned())) };
    let scope = Scope::of(&Stage::onlooker())?;
    let view = stage.desk.view(&mut stage.desk.read().await?, scope, ticket.id).await?;
    let choices: Vec<&str> = view.choices.iter().filter(|c| c.available).map(|c| c.name.as_str()).collect();
    Ok(expect(choices.contains(&choice), || format!("{choice} is not offered; offered are: {}", choices.join(", "))))
}

async fn clock(
    stage: &Stage,
    name: &str,
    stands: Option<&str>,
    left: Option<SignedDuration>,
    alias: Option<&str>,
) -> Result<Option<String>> {
    let Some(ticket) = stage.ticket(alias).await? else { return Ok(Some("there is no such ticket".to_owned())) };
    let scope = Scope::of(&Stage::onlooker())?;
    let view = stage.desk.view(&mut stage.desk.read().await?, scope, ticket.id).await?;
    let Some(clock) = view.clocks.iter().find(|clock| clock.name == name) else {
        return Ok(Some(format!("no clock {name} was ever started")));
    };
    let state = clock.state.as_str();
    if stands.is_some_and(|stands| stands != state) {
        return Ok(Some(format!("the clock {name} stands {state}, not {}", stands.unwrap_or_default())));
    }
    let is_left = clock.left.map(|left| left.length);
    Ok(expect(left.is_none() || left == is_left, || match (is_left, left) {
        (Some(is_left), Some(left)) => format!("{is_left:#} are left of the clock {name}, not {left:#}"),
        _ => format!("the clock {name} does not run, so nothing is left of it"),
    }))
}

async fn noted(stage: &Stage, text: &str, alias: Option<&str>) -> Result<Option<String>> {
    let Some(ticket) = stage.ticket(alias).await? else { return Ok(Some("there is no such ticket".to_owned())) };
    let scope = Scope::of(&Stage::onlooker())?;
    let all = messages::of_ticket(&mut stage.desk.read().await?, scope, ticket.id, LOOKED_AT).await?;
    let found = all.iter().any(|message| message.kind == Kind::Note && message.text.contains(text));
    Ok(expect(found, || format!("no note says {text:?}")))
}

async fn told(stage: &Stage, who: &str, text: Option<&str>, times: Option<u64>) -> Result<Option<String>> {
    let scope = Scope::of(&Stage::onlooker())?;
    let tickets = stage.all_tickets().await?;
    let mut conn = stage.desk.read().await?;
    let mut notices = notifications::beside_tickets(&mut conn, scope, LOOKED_AT).await?;
    for ticket in tickets {
        notices.extend(notifications::of_ticket(&mut conn, scope, ticket, LOOKED_AT).await?);
    }
    let meant = |notice: &Notice| text.is_none_or(|text| notice.holds(text));
    let found = notices.iter().filter(|notice| notice.audience == who && meant(notice)).count() as u64;
    Ok(match times {
        Some(times) => expect(found == times, || format!("{who} was told so {found} times, not {times}")),
        None => expect(found > 0, || format!("{who} was told nothing of the kind")),
    })
}

async fn mailed(stage: &Stage, reply: &str, to: Option<&str>) -> Result<Option<String>> {
    let mails = mails(stage, to).await?;
    let mut conn = stage.desk.read().await?;
    let mut sent = Vec::new();
    for mail in mails {
        if let Some(message) = messages::find(&mut conn, mail.message).await? {
            sent.push(message.reply_name.unwrap_or_else(|| "an agent's own words".to_owned()));
        }
    }
    let found = sent.iter().any(|name| name == reply);
    Ok(expect(found, || {
        format!("{reply} was not sent; sent were: {}", if sent.is_empty() { "none".into() } else { sent.join(", ") })
    }))
}

/// The mails sent so far, newest first.
async fn mails(stage: &Stage, to: Option<&str>) -> Result<Vec<Caught>> {
    let mut conn = stage.desk.read().await?;
    let mut mails = Vec::new();
    let mut page = Page { after: None, limit: 200 };
    loop {
        let listed = catcher::list(&mut conn, &Stage::onlooker(), page).await?;
        mails.extend(
            listed.items.into_iter().filter(|mail| to.is_none_or(|to| mail.recipient.eq_ignore_ascii_case(to))),
        );
        match listed.next {
            Some(next) => page.after = Some(next),
            None => return Ok(mails),
        }
    }
}
