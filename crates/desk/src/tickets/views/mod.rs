//! Views: lists of tickets that have a name. Those of the desk are the same for everybody; others people keep for themselves, or leads
//! share with a team.

mod cut;
mod queries;

use jiff::Timestamp;
use store::{Conn, Id};

pub use cut::{A_DAY, Cut, SOON, Whose};

use super::Order;
use crate::{Actor, Context, Error, Result, Role, agents};

/// The most views that one person keeps.
pub const VIEWS_MAX: usize = 50;
/// The longest name of a view, in characters.
pub const NAME_MAX: usize = 60;

/// A view of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// What whoever looks has to do.
    Mine,
    /// What nobody has.
    Unassigned,
    /// What the teams of whoever looks have.
    Teams,
    /// What waits on us.
    Us,
    /// Where a clock runs out within [`A_DAY`], or has run out; what is snoozed too. Today says the same.
    Due,
    /// What is hidden from the others for a while.
    Snoozed,
    /// What is solved and not closed yet.
    Solved,
    /// Everything there ever was.
    All,
}

impl Standing {
    /// Every view of the desk, in the order in which they stand.
    pub const ALL: [Standing; 8] = [
        Standing::Mine,
        Standing::Unassigned,
        Standing::Teams,
        Standing::Us,
        Standing::Due,
        Standing::Snoozed,
        Standing::Solved,
        Standing::All,
    ];

    /// The view's name in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Standing::Mine => "mine",
            Standing::Unassigned => "unassigned",
            Standing::Teams => "teams",
            Standing::Us => "us",
            Standing::Due => "due",
            Standing::Snoozed => "snoozed",
            Standing::Solved => "solved",
            Standing::All => "all",
        }
    }

    /// What it lets through.
    pub fn cut(self) -> Cut {
        let inbox = Cut { unfinished: true, snoozed: Some(false), ..Cut::default() };
        match self {
            Standing::Mine => Cut { whose: Some(Whose::Mine), ..inbox },
            Standing::Unassigned => Cut { whose: Some(Whose::Nobodys), ..inbox },
            Standing::Teams => Cut { my_teams: true, ..inbox },
            Standing::Us => Cut { waiting_on: Some("us".to_owned()), ..inbox },
            Standing::Due => Cut { unfinished: true, clock_soon: true, ..Cut::default() },
            Standing::Snoozed => Cut { snoozed: Some(true), ..Cut::default() },
            Standing::Solved => Cut { status: Some(playbook::Status::Solved), ..Cut::default() },
            Standing::All => Cut::default(),
        }
    }

    /// How it is sorted unless somebody says otherwise.
    pub fn order(self) -> Order {
        if self == Standing::Due { Order::Clock } else { Order::Newest }
    }

    /// The view that lets through the same, in the same order.
    pub fn like(cut: &Cut, order: Order) -> Option<Self> {
        Standing::ALL.into_iter().find(|view| view.order() == order && view.cut() == *cut)
    }

    /// The view of this name.
    pub fn named(name: &str) -> Option<Self> {
        Standing::ALL.into_iter().find(|view| view.as_str() == name)
    }
}

/// A list that somebody keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// Its id.
    pub id: Id,
    /// Whose it is.
    pub owner: Id,
    /// The team that it is shared with.
    pub team: Option<String>,
    /// What it is called.
    pub name: String,
    /// What it lets through.
    pub cut: Cut,
    /// How it is sorted.
    pub order: Order,
    /// When it was first kept.
    pub created_at: Timestamp,
}

/// A list that is to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewView {
    /// What it is called.
    pub name: String,
    /// What it lets through.
    pub cut: Cut,
    /// How it is sorted.
    pub order: Order,
    /// The team that it is shared with; for leads.
    pub team: Option<String>,
}

/// The views that `actor` has in their rail: their own and those of their teams, in the order in which they were kept.
pub async fn of(conn: &mut Conn, actor: &Actor) -> Result<Vec<View>> {
    match actor.agent_id() {
        Some(agent) => Ok(queries::of(conn, agent).await?),
        None => Ok(Vec::new()),
    }
}

/// The view of this id, when `actor` has it in their rail; a lead has every shared one.
pub async fn find(conn: &mut Conn, actor: &Actor, id: Id) -> Result<View> {
    let found = queries::find(conn, id).await?;
    let (view, agent) = found.zip(actor.agent_id()).ok_or_else(|| Error::not_found("view"))?;
    let shared = match &view.team {
        Some(team) => may_share(actor) || agents::teams_of(conn, agent).await?.contains(team),
        None => false,
    };
    if view.owner == agent || shared { Ok(view) } else { Err(Error::not_found("view")) }
}

/// Keeps a view: a new one, or in the place of `id`.
///
/// # Errors
/// When its name is no name, when it is another's, when there would be too many, or when somebody shares who is no lead.
pub async fn keep(context: &mut Context<'_>, id: Option<Id>, new: &NewView) -> Result<Id> {
    let agent = context.actor.agent_id().ok_or_else(|| {
        Error::conflict("no-person", "A view belongs to somebody.").advise("Use a token that acts as an agent.")
    })?;
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > NAME_MAX || name.chars().any(char::is_control) {
        return Err(Error::invalid_field("name", "bad-name", format!("1 to {NAME_MAX} characters")));
    }
    if new.team.is_some() && !may_share(context.actor) {
        return Err(Error::forbidden("share a view with a team"));
    }
    let cut = serde_json::to_string(&new.cut).unwrap_or_default();
    let row = queries::Row { team: new.team.as_deref(), name, cut: &cut, order: new.order };
    match id {
        Some(id) => {
            own(context, id).await?;
            queries::change(context.tx, id, &row).await?;
            Ok(id)
        }
        None => {
            if queries::count(context.tx, agent).await? >= VIEWS_MAX as i64 {
                return Err(Error::conflict("too-many-views", format!("Nobody keeps more than {VIEWS_MAX} views."))
                    .advise("Remove one first."));
            }
            let id = context.ids.next();
            queries::insert(context.tx, id, agent, &row, context.now).await?;
            Ok(id)
        }
    }
}

/// Removes a view.
pub async fn remove(context: &mut Context<'_>, id: Id) -> Result<()> {
    own(context, id).await?;
    Ok(queries::remove(context.tx, id).await?)
}

/// Refuses a view that the actor may not change: it is theirs, or a shared one and they are a lead.
async fn own(context: &mut Context<'_>, id: Id) -> Result<View> {
    let view = find(context.tx, context.actor, id).await?;
    if Some(view.owner) == context.actor.agent_id() || may_share(context.actor) {
        return Ok(view);
    }
    Err(Error::forbidden("change a view of the team"))
}

/// Whether somebody shares views with a team, and changes those that are shared. The highest role is the least.
pub fn may_share(actor: &Actor) -> bool {
    actor.role().is_some_and(|role| role <= Role::Lead)
}
