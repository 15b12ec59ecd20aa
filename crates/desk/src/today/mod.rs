//! Today: what is about to break, for whoever looks. Each part is the beginning of a list that has pages elsewhere.

use jiff::Timestamp;
use store::Conn;

use crate::page::Page;
use crate::questions::{self, Listing};
use crate::rights::Scope;
use crate::sendings::{self, Held};
use crate::tickets::views::{Cut, Whose};
use crate::tickets::{self, Order, Summary};
use crate::{Actor, Error, Result, agents};

/// How many rows of each part are shown.
pub const SHOWN: u32 = 6;
/// For how many days a ticket that waits on us may stand still.
pub const QUIET_US_DAYS: u16 = 2;
/// For how many days a ticket that waits on others may stand still.
pub const QUIET_PAUSED_DAYS: u16 = 5;

/// Whose tickets are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Of {
    /// Those of whoever looks.
    Mine,
    /// Those of their teams.
    #[default]
    Teams,
    /// All that they may see.
    All,
}

impl Of {
    /// Each of them.
    pub const ALL: [Of; 3] = [Of::Mine, Of::Teams, Of::All];

    /// The word, as in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            Of::Mine => "mine",
            Of::Teams => "teams",
            Of::All => "all",
        }
    }

    fn cut(self) -> Cut {
        let unfinished = Cut { unfinished: true, ..Cut::default() };
        match self {
            Of::Mine => Cut { whose: Some(Whose::Mine), ..unfinished },
            Of::Teams => Cut { my_teams: true, ..unfinished },
            Of::All => unfinished,
        }
    }
}

impl std::str::FromStr for Of {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        Of::ALL
            .into_iter()
            .find(|of| of.as_str() == text)
            .ok_or_else(|| Error::invalid_field("of", "no-such-cut", "takes mine, teams or all"))
    }
}

/// The parts that are tickets, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartName {
    /// A clock runs out within a day, or has run out.
    Clocks,
    /// Nobody has it.
    Unassigned,
    /// It has waited on us for long.
    Waiting,
    /// It has waited on others for long.
    Paused,
}

impl PartName {
    /// Each of them.
    pub const ALL: [PartName; 4] = [PartName::Clocks, PartName::Unassigned, PartName::Waiting, PartName::Paused];

    /// The word, for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            PartName::Clocks => "clocks",
            PartName::Unassigned => "unassigned",
            PartName::Waiting => "waiting",
            PartName::Paused => "paused",
        }
    }

    /// What it holds, and in which order: the words of the list with all of it.
    pub fn cut(self, of: Of) -> (Cut, Order) {
        let cut = of.cut();
        match self {
            PartName::Clocks => (Cut { clock_soon: true, ..cut }, Order::Clock),
            // What nobody has is nobody's own: it is that of one's teams.
            PartName::Unassigned => {
                let my_teams = of != Of::All;
                (Cut { whose: Some(Whose::Nobodys), my_teams, snoozed: Some(false), ..cut }, Order::Oldest)
            }
            PartName::Waiting => {
                let us = Some("us".to_owned());
                (Cut { waiting_on: us, quiet: Some(QUIET_US_DAYS), snoozed: Some(false), ..cut }, Order::Oldest)
            }
            PartName::Paused => {
                let pending = Some(playbook::Status::Pending);
                let cut = Cut { status: pending, unfinished: false, quiet: Some(QUIET_PAUSED_DAYS), ..cut };
                (Cut { snoozed: Some(false), ..cut }, Order::Oldest)
            }
        }
    }
}

/// A part: its first tickets, and how many there are, no further than [`tickets::COUNTED_MAX`].
#[derive(Clone, Debug)]
pub struct Part {
    /// Which.
    pub name: PartName,
    /// The first.
    pub tickets: Vec<Summary>,
    /// How many.
    pub count: i64,
}

/// What somebody's day begins with.
#[derive(Clone, Debug)]
pub struct Today {
    /// The parts that are tickets.
    pub parts: Vec<Part>,
    /// The replies that are held back, the first due first, and whether there are more.
    pub held: (Vec<Held>, bool),
    /// The questions that are put to whoever looks, the newest first.
    pub questions: Vec<Listing>,
    /// How many those are.
    pub asked: i64,
}

/// What is about to break at `now` of what `scope` may see. A program, which has no tickets of its own, is shown nothing of those of
/// [`Of::Mine`] and [`Of::Teams`].
pub async fn of(conn: &mut Conn, actor: &Actor, scope: Scope, of: Of, now: Timestamp) -> Result<Today> {
    let mut parts = Vec::with_capacity(PartName::ALL.len());
    let is_nobody = of == Of::Mine && actor.agent_id().is_none();
    let page = Page { after: None, limit: SHOWN };
    let mut filters = Vec::with_capacity(PartName::ALL.len());
    for name in PartName::ALL.into_iter().filter(|_| !is_nobody) {
        let (cut, order) = name.cut(of);
        let filter = cut.filter(conn, actor, now).await?;
        let listed = tickets::list_by(conn, scope, &filter, order, page).await?;
        filters.push(filter);
        parts.push(Part { name, tickets: listed.items, count: 0 });
    }
    for (part, count) in parts.iter_mut().zip(tickets::counts(conn, scope, &filters).await?) {
        part.count = count;
    }
    Ok(Today {
        parts,
        held: held(conn, actor, scope, of).await?,
        questions: questions::put_to(conn, scope, actor, page).await?.items,
        asked: questions::count_put_to(conn, scope, actor).await?,
    })
}

async fn held(conn: &mut Conn, actor: &Actor, scope: Scope, of: Of) -> Result<(Vec<Held>, bool)> {
    let Some(whose) = whose(conn, actor, of).await? else { return Ok((Vec::new(), false)) };
    let mut held = sendings::held(conn, scope, &whose, SHOWN + 1).await?;
    let more = held.len() > SHOWN as usize;
    held.truncate(SHOWN as usize);
    Ok((held, more))
}

/// Whose replies are meant; `None` where the actor, a program, has none of its own.
pub async fn whose(conn: &mut Conn, actor: &Actor, of: Of) -> Result<Option<sendings::HeldOf>> {
    Ok(match (of, actor.agent_id()) {
        (Of::All, _) => Some(sendings::HeldOf::Everybody),
        (_, None) => None,
        (Of::Mine, Some(agent)) => Some(sendings::HeldOf::Writer(agent)),
        (Of::Teams, Some(agent)) => Some(sendings::HeldOf::Teams(agents::teams_of(conn, agent).await?)),
    })
}
