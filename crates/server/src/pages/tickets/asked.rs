//! What a list's address asks for.

use std::collections::BTreeMap;

use desk::error::Kind;
use desk::page::{Cursor, Page};
use desk::tickets::views::{self, Cut, Standing, View};
use desk::tickets::{Filter, Order};
use desk::{Error, Result};
use store::Conn;

use super::fill_cuts;
use crate::pages::visit::Visit;

/// How many tickets a page lists: more than a screen holds, and no more than that beside a ticket.
const ROWS: u32 = 20;

/// A list's query, understood.
pub struct Asked {
    /// The query without its page, as links repeat it: `?view=mine`, or empty.
    pub query: String,
    /// The query with its page, as tickets are opened from it.
    pub place: String,
    /// The cuts: those of the view, with what else the query says in their place.
    pub cut: Cut,
    /// The order.
    pub order: Order,
    /// The view of somebody's own that it begins with.
    pub kept: Option<View>,
    /// Whether it begins with a view that is there no longer: then it is every ticket.
    pub gone: bool,
    /// The page.
    pub page: Page,
    /// Whether it is cut in other ways than a view has it.
    pub is_cut_out: bool,
    /// The query without its order, by which a view is known.
    pub unsorted: String,
    /// What the page is told of a view that was removed just now: its name, its list, and the team that had it.
    pub removed: Option<[String; 3]>,
}

impl Asked {
    /// Reads the query of a list. Without any cut it is every ticket.
    pub async fn read(visit: &Visit, query: &BTreeMap<String, String>) -> Result<Self> {
        let (mut cut, mut order, mut kept) = (Cut::default(), Order::default(), None);
        let mut repeated = Vec::new();
        let mut gone = false;
        if let Some(name) = query.get("view") {
            match Standing::named(name) {
                Some(view) => (cut, order) = (view.cut(), view.order()),
                None => {
                    let id = name.parse().map_err(|_| Error::not_found("view"))?;
                    match views::find(&mut visit.read().await?, &visit.actor(), id).await {
                        Ok(view) => {
                            (cut, order) = (view.cut.clone(), view.order);
                            kept = Some(view);
                        }
                        Err(error) if error.kind == Kind::NotFound => gone = true,
                        Err(error) => return Err(error),
                    }
                }
            }
            if !gone {
                repeated.push(("view", name.as_str()));
            }
        }
        let mut is_cut_out = false;
        for (name, value) in query {
            let is_said = ["sort", "removed", "list", "with"].contains(&name.as_str());
            if !is_said && !fill_cuts::is_left_out(name, value) && cut.take(name, value)? {
                is_cut_out = true;
                repeated.push((name, value));
            }
        }
        let unsorted = written(&repeated);
        if let Some(sort) = query.get("sort") {
            order = sort.parse()?;
            repeated.push(("sort", sort));
        }
        let after = query.get("after").map(|after| after.parse::<Cursor>()).transpose()?;
        let unpaged = written(&repeated);
        let place = after.map_or_else(|| unpaged.clone(), |after| with(&unpaged, "after", after));
        let page = Page { after, limit: ROWS };
        let said = |name: &str| query.get(name).cloned().unwrap_or_default();
        let removed = query.get("removed").map(|name| [name.clone(), said("list"), said("with")]);
        Ok(Self { query: unpaged, place, unsorted, cut, order, kept, gone, page, is_cut_out, removed })
    }

    /// The same, for whoever does something to all of it or keeps it.
    ///
    /// # Errors
    /// Where its view is gone, so that nothing is done to every ticket.
    pub fn there(self) -> Result<Self> {
        if self.gone { Err(Error::not_found("view")) } else { Ok(self) }
    }

    /// What it lets through at present.
    pub async fn filter(&self, conn: &mut Conn, visit: &Visit) -> Result<Filter> {
        self.cut.filter(conn, &visit.actor(), visit.app.desk.now()).await
    }

    /// The address of the page after `next`.
    pub fn older(&self, next: Cursor) -> String {
        format!("/tickets{}", with(&self.query, "after", next))
    }

    /// The address of the same tickets in another order.
    pub fn sorted_by(&self, order: Order) -> String {
        format!("/tickets{}", with(&self.unsorted, "sort", order.as_str()))
    }
}

/// A query as links have it.
pub fn written<T: AsRef<str>>(pairs: &[(T, T)]) -> String {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    if query.is_empty() { query } else { format!("?{query}") }
}

/// A query with one pair more, whose value needs no escaping.
pub fn with(query: &str, name: &str, value: impl std::fmt::Display) -> String {
    let mark = if query.is_empty() { '?' } else { '&' };
    format!("{query}{mark}{name}={value}")
}

/// The query of an address that a form repeats: `?view=mine`.
pub fn pairs_of(query: &str) -> BTreeMap<String, String> {
    form_urlencoded::parse(query.trim_start_matches('?').as_bytes()).into_owned().collect()
}
