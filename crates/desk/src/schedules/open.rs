//! Opening the ticket of an occurrence.

use std::sync::Arc;

use playbook::{Event, Occurrence};
use serde_json::Map;

use super::members::Member;
use super::queries;
use super::rule::Rule;
use crate::contacts::{self, Contact};
use crate::messages::Author;
use crate::notifications::{self, Audience, What};
use crate::runs::{self, Case, Cause, Opening};
use crate::tickets::{self, NewTicket, Priority, participants};
use crate::{Actor, Context, Result};

/// Opens the ticket of an occurrence for a member, unless there is one under its key; says whether it did.
pub(super) async fn open(
    context: &mut Context<'_>,
    rule: &Rule<'_>,
    member: &Member,
    occurrence: &Occurrence,
) -> Result<bool> {
    let (name, key) = (rule.playbook.name(), rule.key(occurrence, member));
    if queries::is_opened(context.tx, name, &key).await? {
        return Ok(false);
    }
    let (requester, fault) = requester(context, rule, member).await?;
    let language = rule.today.handbook.desk.languages.first().map_or("", String::as_str);
    let new = NewTicket {
        subject: rule.playbook.title().text(language),
        priority: Priority::default(),
        playbook: name,
        team: rule.playbook.team(),
        organization: member.organization.as_ref().map(|organization| organization.id),
        requester: requester.id,
        tags: &[],
        fields: Map::new(),
    };
    let ticket = tickets::open(context, new).await?;
    if !queries::take_key(context.tx, name, &key, ticket.id).await? {
        // Another node was first: this one looks again.
        return Err(context.tx.conflict().into());
    }
    if let Some(address) = &requester.address {
        participants::remember(context, ticket.id, address).await?;
    }
    let (id, number) = (ticket.id, ticket.number);
    let case = Case::new(ticket, requester, Arc::clone(&rule.today.handbook), rule.today.revision);
    let opening = Opening { rule: Some(rule.opens), fields: &Map::new(), occurrence: Some(occurrence) };
    let cause = Cause { by: Author::actor(&Actor::Desk), message: None };
    runs::start(context, case, opening, &Event::opened(), &cause).await?;
    if let Some(fault) = fault {
        let what = What::Unreachable { number, reason: fault.to_string() };
        notifications::tell(context, id, &Audience::team_or_leads(rule.playbook.team()), what).await?;
    }
    Ok(true)
}

/// The contact whose ticket it is; else whom the handbook names; else the one that stands for the organization, or for
/// the desk. What is wrong with a name does not keep the ticket from being opened.
async fn requester(context: &mut Context<'_>, rule: &Rule<'_>, member: &Member) -> Result<(Contact, Option<String>)> {
    if let Some(contact) = &member.contact {
        return Ok((contact.clone(), None));
    }
    let fault = match rule.scheduled.requester(&member.facts) {
        Ok(Some(address)) if contacts::check_address(&address).is_ok() => {
            return Ok((contacts::meet(context, &address, None).await?, None));
        }
        Ok(Some(address)) => Some(format!("{address:?} is no mail address")),
        Ok(None) => None,
        Err(fault) => Some(format!("{}: {}", fault.place, fault.message)),
    };
    let contact = match &member.organization {
        Some(organization) => contacts::stand_in(context, Some(organization.id), &organization.name).await?,
        None => contacts::stand_in(context, None, &rule.today.handbook.desk.name).await?,
    };
    Ok((contact, fault))
}
