//! What the pages of organizations and contacts have in common: rows, other pages, tickets.

use desk::Result;
use desk::contacts::Listed;
use desk::organizations::Organization;
use desk::page::{NamePlace, Page};
use desk::tickets::views::Cut;
use desk::tickets::{self, Order};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::view::{OrganizationRow, Pages, PersonRow, Tickets};
use crate::pages::person::Person;
use crate::pages::tickets::fill_list::Words;
use crate::pages::tickets::fill_views::COUNTED;
use crate::pages::today::fill::brief;
use crate::pages::visit::Visit;

/// How many organizations or contacts a page of a list shows.
pub const SHOWN: u32 = 50;
/// The longest words that a list is cut by, in characters.
pub const WORDS_MAX: usize = 200;
/// How many tickets a page shows.
const TICKETS_SHOWN: u32 = 8;

/// The page of an organization.
pub fn organization_href(key: &str) -> String {
    format!("/organizations/{}", utf8_percent_encode(key, NON_ALPHANUMERIC))
}

/// An organization in a list.
pub fn organization_row(organization: &Organization) -> OrganizationRow {
    OrganizationRow {
        href: organization_href(&organization.key),
        name: organization.name.clone(),
        key: organization.key.clone(),
        plan: organization.plan.clone(),
    }
}

/// A contact in a list.
pub fn person_row(listed: &Listed, with_organization: bool) -> PersonRow {
    let organization = listed.organization.as_ref().filter(|_| with_organization);
    PersonRow {
        href: format!("/contacts/{}", listed.contact.id),
        person: Person { name: listed.contact.label().to_owned(), email: listed.contact.address.clone() },
        role: listed.contact.role.clone(),
        organization: organization.map(|(key, name)| (organization_href(key), name.clone())),
    }
}

/// The other pages of a list at `path`, which is cut by these pairs.
pub fn pages(path: &str, cuts: &[(&str, &str)], after: bool, next: Option<&NamePlace>) -> Pages {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(cuts.iter().filter(|(_, value)| !value.is_empty()));
    let query = query.finish();
    let with = |more: Option<(&str, String)>| {
        let more = more
            .map(|(name, value)| form_urlencoded::Serializer::new(String::new()).append_pair(name, &value).finish());
        let parts: Vec<&str> = [Some(query.as_str()), more.as_deref()].into_iter().flatten().collect();
        let parts = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&");
        if parts.is_empty() { path.to_owned() } else { format!("{path}?{parts}") }
    };
    Pages {
        first: after.then(|| with(None)),
        next: next.map(|place| with(Some(("after", place.to_string())))),
        is_whole: query.is_empty(),
        query: if query.is_empty() { query } else { format!("?{query}") },
    }
}

/// The tickets that `cut` leaves, the unfinished ones with their first rows; `search` is the question that finds them.
pub async fn tickets(visit: &Visit, words: &Words, cut: Cut, search: Option<String>) -> Result<Tickets> {
    let (scope, actor, now) = (visit.scope()?, visit.actor(), visit.app.desk.now());
    let unfinished = Cut { unfinished: true, ..cut.clone() };
    let mut conn = visit.read().await?;
    let filters = [unfinished.filter(&mut conn, &actor, now).await?, cut.filter(&mut conn, &actor, now).await?];
    let page = Page { after: None, limit: TICKETS_SHOWN };
    let listed = tickets::list_by(&mut conn, scope, &filters[0], Order::Newest, page).await?;
    let counts = tickets::counts(&mut conn, scope, &filters).await?;
    let shown = |place: usize| {
        let count = counts.get(place).and_then(|count| usize::try_from(*count).ok()).unwrap_or_default();
        if count >= COUNTED { format!("{}+", COUNTED - 1) } else { count.to_string() }
    };
    let href = |cut: &Cut| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in cut.pairs() {
            query.append_pair(name, &value);
        }
        format!("/tickets?{}", query.finish())
    };
    Ok(Tickets {
        rows: listed.items.iter().map(|summary| brief(words, summary, false)).collect(),
        unfinished: shown(0),
        all: shown(1),
        unfinished_href: href(&unfinished),
        all_href: href(&cut),
        search_href: search.map_or_else(|| "/search".to_owned(), |search| crate::pages::search::view::address(&search)),
    })
}
