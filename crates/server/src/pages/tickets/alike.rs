//! `GET /tickets/{id}/alike`: what its requester and their organization asked before, and which tickets look like it.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use desk::Result;
use desk::page::Page;
use desk::search::alike;
use desk::tickets::{self, Filter, Ticket};
use store::Conn;

use super::beside::Other;
use super::fill_beside::other;
use super::show::read_id;
use crate::pages::frame::{Frame, Section};
use crate::pages::visit::{Visit, page};

/// How many earlier tickets of each are shown.
const SHOWN: usize = 5;

/// The part beside a ticket.
#[derive(Debug, Clone, Template)]
#[template(path = "tickets/_alike.html")]
pub struct AlikePart {
    /// The page's frame.
    pub frame: Frame,
    /// What whoever asks asked before.
    pub requester: Earlier,
    /// What their organization did, where that is known.
    pub organization: Earlier,
    /// Tickets that look like it, each with what they share.
    pub alike: Vec<(Other, String)>,
}

/// Earlier tickets of somebody.
#[derive(Debug, Clone, Default)]
pub struct Earlier {
    /// The newest of them.
    pub tickets: Vec<Other>,
    /// Where all of them are listed, when there are more.
    pub more: Option<String>,
}

/// The part, under the viewer's rights.
pub async fn get(visit: Visit, Path(id): Path<String>) -> Response {
    let work = async {
        let frame = visit.frame(Section::Tickets).await?;
        let scope = visit.scope()?;
        let mut conn = visit.read().await?;
        let ticket = tickets::show(&mut conn, scope, read_id(&id)?).await?;
        let of_requester = Filter { requester: Some(ticket.requester), ..Filter::default() };
        let query = format!("requester={}", ticket.requester);
        let requester = earlier(&mut conn, &visit, &ticket, (&of_requester, &query), &[]).await?;
        let organization = match ticket.organization {
            Some(organization) => {
                let known: Vec<String> = requester.tickets.iter().map(|other| other.id.clone()).collect();
                let filter = Filter { organization: Some(organization), ..Filter::default() };
                let query = format!("organization={organization}");
                earlier(&mut conn, &visit, &ticket, (&filter, &query), &known).await?
            }
            None => Earlier::default(),
        };
        let found = alike::of_ticket(&mut conn, scope, &ticket).await?;
        let alike = found.iter().map(|one| (other(&one.ticket), shares(&visit, one))).collect();
        Ok(page(StatusCode::OK, &AlikePart { frame, requester, organization, alike }))
    };
    visit.answer(work).await
}

async fn earlier(
    conn: &mut Conn,
    visit: &Visit,
    ticket: &Ticket,
    (filter, query): (&Filter, &str),
    known: &[String],
) -> Result<Earlier> {
    let limit = u32::try_from(SHOWN + known.len() + 2).unwrap_or(u32::MAX);
    let listed = tickets::list(conn, visit.scope()?, filter, Page { after: None, limit }).await?;
    // What was merged into it stands above already.
    let is_another = |other: &Ticket| {
        other.id != ticket.id && other.merged_into != Some(ticket.id) && !known.contains(&other.id.to_string())
    };
    let others = listed.items.iter().map(|row| &row.ticket).filter(|other| is_another(other));
    let mut tickets: Vec<Other> = others.map(other).collect();
    let more = (tickets.len() > SHOWN || listed.next.is_some()).then(|| format!("/tickets?{query}"));
    tickets.truncate(SHOWN);
    Ok(Earlier { tickets, more })
}

/// What two tickets share, in words.
fn shares(visit: &Visit, one: &alike::Alike) -> String {
    let texts = visit.texts;
    let words = (!one.shares.is_empty()).then(|| texts.with("alike-words", &[("words", &one.shares.join(", "))]));
    let organization = one.same_organization.then(|| texts.get("alike-organization"));
    words.into_iter().chain(organization).collect::<Vec<_>>().join("; ")
}
