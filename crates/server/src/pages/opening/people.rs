//! `GET /tickets/new/people`: whom a ticket may be for, while somebody types.

use std::collections::BTreeMap;

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use desk::contacts::{self, Filter};
use desk::rights::{self, Verb};

use super::view::{Known, PeoplePart};
use crate::pages::visit::{Visit, page};

/// How many are offered.
const OFFERED: u32 = 8;

/// Those whose name or address holds the words.
pub async fn get(visit: Visit, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let work = async {
        rights::require(&visit.actor(), Verb::ReadPeople)?;
        let words = query.get("q").map(|words| words.trim()).filter(|words| !words.is_empty());
        let found = match words {
            Some(words) => {
                let filter = Filter { words: Some(words.to_owned()), organization: None };
                contacts::list(&mut visit.read().await?, &filter, None, OFFERED).await?.items
            }
            None => Vec::new(),
        };
        let known = |listed: contacts::Listed| {
            let parts = [listed.contact.name, listed.organization.map(|(_, name)| name)];
            let label = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
            Some(Known { email: listed.contact.address?, label })
        };
        Ok(page(StatusCode::OK, &PeoplePart { people: found.into_iter().filter_map(known).collect() }))
    };
    visit.answer(work).await
}
