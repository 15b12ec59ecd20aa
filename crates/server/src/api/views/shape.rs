//! A view as programs see it.

use std::collections::BTreeMap;

use desk::tickets::Order;
use desk::tickets::views::{self, Cut, Standing};
use desk::{Actor, Error};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{Conn, Id};
use utoipa::ToSchema;

use crate::edge::Problem;

/// A view.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct View {
    /// `view` of `GET /api/v1/tickets`: a name of the desk's own, such as `mine`, or an id.
    id: String,
    /// What it is called; null for the desk's own.
    #[schema(required)]
    name: Option<String>,
    /// What its tickets are cut by, as the parameters of `GET /api/v1/tickets` are called.
    #[schema(value_type = Object)]
    cut: BTreeMap<&'static str, String>,
    #[schema(value_type = Sort)]
    sort: &'static str,
    /// The team that it is shared with; null when it is with none.
    #[schema(required)]
    team: Option<String>,
    /// Whether whoever asks keeps it.
    own: bool,
    /// How many tickets it holds; 100 may be more.
    count: i64,
}

/// What a list is sorted by.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "only described")]
pub(in crate::api) enum Sort {
    Newest,
    Oldest,
    Priority,
    Due,
    Clock,
}

/// A view to be kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct NewView {
    /// 1 to 60 characters.
    name: String,
    /// What its tickets are cut by: `status`, `assignee`, `team`, `playbook`, `state`, `organization` (an id), `component`, `priority`,
    /// `tag`, `waiting_on`, `due`, `clock`, `quiet`, `snoozed`.
    #[serde(default)]
    #[schema(value_type = Option<Object>)]
    cut: BTreeMap<String, String>,
    #[schema(value_type = Option<Sort>)]
    sort: Option<String>,
    /// The team that it is shared with; for leads.
    team: Option<String>,
}

impl NewView {
    /// What the desk keeps of it.
    pub(in crate::api) fn read(self) -> Result<views::NewView, Error> {
        Ok(views::NewView {
            name: self.name,
            cut: Cut::try_from(self.cut)?,
            order: self.sort.map(|sort| sort.parse()).transpose()?.unwrap_or_default(),
            team: self.team,
        })
    }
}

impl View {
    pub(in crate::api) fn standing(view: Standing, count: i64) -> Self {
        let (cut, order) = (view.cut(), view.order());
        Self { id: view.as_str().to_owned(), name: None, team: None, own: false, ..Self::of(&cut, order, count) }
    }

    pub(in crate::api) fn kept(view: &views::View, actor: &Actor, count: i64) -> Self {
        Self {
            id: view.id.to_string(),
            name: Some(view.name.clone()),
            team: view.team.clone(),
            own: actor.agent_id() == Some(view.owner),
            ..Self::of(&view.cut, view.order, count)
        }
    }

    fn of(cut: &Cut, order: Order, count: i64) -> Self {
        let (id, name, team, own) = Default::default();
        Self { id, name, cut: cut.pairs(), sort: order.as_str(), team, own, count }
    }
}

/// One view as it is kept, with its count.
pub(in crate::api) async fn one(conn: &mut Conn, actor: &Actor, id: Id, now: Timestamp) -> Result<View, Problem> {
    let scope = desk::rights::Scope::of(actor)?;
    let view = views::find(conn, actor, id).await?;
    let filter = view.cut.filter(conn, actor, now).await?;
    let count = desk::tickets::counts(conn, scope, &[filter]).await?.first().copied().unwrap_or_default();
    Ok(View::kept(&view, actor, count))
}

/// A view's id as an address holds it.
pub(in crate::api) fn read_id(id: &str) -> Result<Id, Problem> {
    Ok(id.parse().map_err(|_| Error::not_found("view"))?)
}
