//! Figures of a span: how much came in and went out, how soon clients were answered, on whom tickets waited, what came back; in all,
//! and by playbook, team and organization, each beside the span before. They are added up from the turns that tickets took within
//! those two spans ([`facts`]); tickets of other times are not read.

pub mod fill;
mod life;
mod queries;
pub mod span;
mod sums;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use store::{Conn, Id};

pub use span::{Grain, Span};

use crate::rights::{self, Verb};
use crate::tickets::facts;
use crate::{Actor, Result};

/// What somebody wants to know.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The days.
    pub span: Span,
    /// Whose days those are.
    pub zone: TimeZone,
    /// Only tickets of this playbook.
    pub playbook: Option<String>,
    /// Only those of this team.
    pub team: Option<String>,
    /// Only those for this organization.
    pub organization: Option<Id>,
}

/// The figures of a span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insights {
    /// The days.
    pub span: Span,
    /// As many days before them.
    pub before: Span,
    /// What its parts are.
    pub grain: Grain,
    /// Its parts, in order.
    pub parts: Vec<Volume>,
    /// All tickets that were asked for.
    pub total: Pair,
    /// The same by playbook.
    pub playbooks: Vec<Line<String>>,
    /// By team; `None` for tickets of no team.
    pub teams: Vec<Line<Option<String>>>,
    /// By organization; `None` for tickets of nobody's.
    pub organizations: Vec<Line<Option<Named>>>,
    /// Whether old tickets are still being counted, so that everything may be too low.
    pub is_partial: bool,
}

/// How much came in and went out in a part of the span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Volume {
    /// Its days.
    pub days: Span,
    /// How many tickets were opened.
    pub opened: i64,
    /// How many were solved or closed.
    pub closed: i64,
    /// How many of those that were came back.
    pub reopened: i64,
    /// How many were unfinished as it ended.
    pub open: i64,
}

/// Figures of the span, and of the span before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pair {
    /// Of the span.
    pub now: Figures,
    /// Of the span before.
    pub before: Figures,
}

/// Figures of some tickets in a span.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many were opened.
    pub opened: i64,
    /// How many were solved or closed.
    pub closed: i64,
    /// How many of those that were came back.
    pub reopened: i64,
    /// How many were unfinished as it ended.
    pub open: i64,
    /// How many clients got their first answer.
    pub answered: i64,
    /// How long those had waited for it.
    pub first_answer: Option<FirstAnswer>,
    /// Seconds that tickets waited on us, added up.
    pub waited_us: i64,
    /// Seconds that they waited on others.
    pub waited_them: i64,
}

/// How long clients waited for their first answer, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstAnswer {
    /// Half of them no longer than this.
    pub median: i64,
    /// Nine of ten no longer than this.
    pub ninetieth: i64,
}

/// The figures of those that are cut alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<K> {
    /// What they are cut by.
    pub key: K,
    /// Their figures.
    pub figures: Pair,
}

/// An organization, as it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its id.
    pub id: Id,
    /// The key that other systems know it by.
    pub key: String,
    /// Its name.
    pub name: String,
}

impl Figures {
    /// Whether nothing happened and nothing waited.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// The figures that were asked for, as they are known at `now`.
///
/// # Errors
/// Forbidden for whoever may not see them.
pub async fn of(conn: &mut Conn, actor: &Actor, asked: &Asked, now: Timestamp) -> Result<Insights> {
    rights::require(actor, Verb::ReadInsights)?;
    let cuts = facts::all_cuts(conn).await?;
    let mut sums = sums::Sums::begin(asked, cuts, now)?;
    let whole = sums.whole();
    facts::told(conn, whole, |told| {
        sums.take(&told);
        Ok(())
    })
    .await?;
    let is_partial = facts::is_to_come(conn).await?;
    let by_organization = sums.by_organization();
    let named = by_organization.iter().filter_map(|line| line.key).collect();
    let names = names_of(conn, named).await?;
    let organization = |line: Line<Option<Id>>| Line {
        key: line.key.map(|id| {
            let (key, name) = names.get(&id).cloned().unwrap_or_default();
            Named { id, key, name }
        }),
        figures: line.figures,
    };
    Ok(Insights {
        span: asked.span,
        before: asked.span.before()?,
        grain: asked.span.grain(),
        parts: sums.parts(),
        total: sums.total(),
        playbooks: sums.by_playbook(),
        teams: sums.by_team(),
        organizations: by_organization.into_iter().map(organization).collect(),
        is_partial,
    })
}

async fn names_of(conn: &mut Conn, ids: BTreeSet<Id>) -> Result<BTreeMap<Id, (String, String)>> {
    if ids.is_empty() { Ok(BTreeMap::new()) } else { Ok(queries::names(conn, &ids).await?) }
}
