//! What a list's address says: pairs of words, such as `assignee=me&status=unfinished`. The same words cut lists of pages, lists of the
//! API, and the lists that people keep. `me` and `mine` are whoever looks.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use playbook::Status;
use serde::{Deserialize, Serialize};
use store::{Conn, Id};

use crate::tickets::{Filter, Priority};
use crate::{Actor, Error, Result, agents};

/// How near an end must be for a clock to count as running out.
pub const SOON: SignedDuration = SignedDuration::from_hours(4);

/// How near the end of a clock must be for its ticket to be of today.
pub const A_DAY: SignedDuration = SignedDuration::from_hours(24);

/// The most days of quiet that a list is cut by.
const QUIET_MAX: u16 = 3_650;

/// The longest word of a cut, in characters.
const WORD_MAX: usize = 200;

/// Whose tickets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Whoever looks.
    Mine,
    /// Nobody's.
    Nobodys,
    /// This agent's.
    Of(Id),
}

/// The words of a list's address, understood.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "BTreeMap<String, String>", into = "BTreeMap<String, String>")]
pub struct Cut {
    /// `status`: a status.
    pub status: Option<Status>,
    /// `status=unfinished`: open or pending.
    pub unfinished: bool,
    /// `assignee`: `me`, `none`, or an agent's id.
    pub whose: Option<Whose>,
    /// `team`: a team of the handbook.
    pub team: Option<String>,
    /// `team=mine`: one of the teams of whoever looks.
    pub my_teams: bool,
    /// `playbook`.
    pub playbook: Option<String>,
    /// `state`: that one or one within it.
    pub state: Option<String>,
    /// `organization`: its id.
    pub organization: Option<Id>,
    /// `requester`: the id of the contact who asked.
    pub requester: Option<Id>,
    /// `component`: what it is about.
    pub component: Option<String>,
    /// `priority`.
    pub priority: Option<Priority>,
    /// `tag`.
    pub tag: Option<String>,
    /// `waiting_on`: `us`, `requester`, …
    pub waiting_on: Option<String>,
    /// `due=soon`: something happens by itself within [`SOON`].
    pub due_soon: bool,
    /// `clock=soon`: a clock runs out within [`A_DAY`], or has run out.
    pub clock_soon: bool,
    /// `quiet`: nothing has changed for so many days.
    pub quiet: Option<u16>,
    /// `snoozed`: `yes` or `no`.
    pub snoozed: Option<bool>,
}

impl Cut {
    /// Takes one pair over, in the place of what was said under its name before; whether its name is one of a cut's.
    ///
    /// # Errors
    /// A wrong field of that name when its value is none.
    pub fn take(&mut self, name: &str, value: &str) -> Result<bool> {
        let wrong = |takes: &str| Error::invalid_field(name, "no-such-cut", format!("takes {takes}"));
        if value.is_empty() || value.chars().count() > WORD_MAX {
            return Err(wrong("1 to 200 characters"));
        }
        let text = || Some(value.to_owned());
        match (name, value) {
            ("status", "unfinished") => (self.status, self.unfinished) = (None, true),
            ("status", _) => {
                let status = Status::from_word(value);
                let status = status.ok_or_else(|| wrong("unfinished, open, pending, solved or closed"))?;
                (self.status, self.unfinished) = (Some(status), false);
            }
            ("assignee", "me") => self.whose = Some(Whose::Mine),
            ("assignee", "none") => self.whose = Some(Whose::Nobodys),
            ("assignee", _) => {
                let id = value.parse().map_err(|_| wrong("me, none or the id of an agent"))?;
                self.whose = Some(Whose::Of(id));
            }
            ("team", "mine") => (self.team, self.my_teams) = (None, true),
            ("team", _) => (self.team, self.my_teams) = (text(), false),
            ("playbook", _) => self.playbook = text(),
            ("state", _) => self.state = text(),
            ("organization", _) => {
                self.organization = Some(value.parse().map_err(|_| wrong("the id of an organization"))?);
            }
            ("requester", _) => {
                self.requester = Some(value.parse().map_err(|_| wrong("the id of a contact"))?);
            }
            ("component", _) => self.component = text(),
            ("priority", _) => self.priority = Some(value.parse()?),
            ("tag", _) => self.tag = text(),
            ("waiting_on", _) => self.waiting_on = text(),
            ("due", "soon") => self.due_soon = true,
            ("due", _) => return Err(wrong("soon")),
            ("clock", "soon") => self.clock_soon = true,
            ("clock", _) => return Err(wrong("soon")),
            ("quiet", _) => {
                let days = value.parse().ok().filter(|days| (1..=QUIET_MAX).contains(days));
                self.quiet = Some(days.ok_or_else(|| wrong("a number of days"))?);
            }
            ("snoozed", "yes") => self.snoozed = Some(true),
            ("snoozed", "no") => self.snoozed = Some(false),
            ("snoozed", _) => return Err(wrong("yes or no")),
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// The pairs that say the same.
    pub fn pairs(&self) -> BTreeMap<&'static str, String> {
        let mut pairs = BTreeMap::new();
        let mut put = |name, value: Option<String>| {
            if let Some(value) = value {
                pairs.insert(name, value);
            }
        };
        put("status", self.status.map(|status| status.as_str().to_owned()));
        put("status", self.unfinished.then(|| "unfinished".to_owned()));
        put(
            "assignee",
            self.whose.map(|whose| match whose {
                Whose::Mine => "me".to_owned(),
                Whose::Nobodys => "none".to_owned(),
                Whose::Of(id) => id.to_string(),
            }),
        );
        put("team", self.team.clone());
        put("team", self.my_teams.then(|| "mine".to_owned()));
        put("playbook", self.playbook.clone());
        put("state", self.state.clone());
        put("organization", self.organization.map(|id| id.to_string()));
        put("requester", self.requester.map(|id| id.to_string()));
        put("component", self.component.clone());
        put("priority", self.priority.map(|priority| priority.as_str().to_owned()));
        put("tag", self.tag.clone());
        put("waiting_on", self.waiting_on.clone());
        put("due", self.due_soon.then(|| "soon".to_owned()));
        put("clock", self.clock_soon.then(|| "soon".to_owned()));
        put("quiet", self.quiet.map(|days| days.to_string()));
        put("snoozed", self.snoozed.map(|yes| if yes { "yes" } else { "no" }.to_owned()));
        pairs
    }

    /// The tickets that this lets through for `actor` at `now`.
    pub async fn filter(&self, conn: &mut Conn, actor: &Actor, now: Timestamp) -> Result<Filter> {
        let me = actor.agent_id();
        let assignee = match self.whose {
            Some(Whose::Mine) => Some(
                me.ok_or_else(|| Error::invalid_field("assignee", "nobody", "`me` needs somebody who is an agent"))?,
            ),
            Some(Whose::Of(id)) => Some(id),
            Some(Whose::Nobodys) | None => None,
        };
        let teams = match (self.my_teams, me) {
            (false, _) => None,
            (true, Some(agent)) => Some(agents::teams_of(conn, agent).await?),
            (true, None) => Some(Vec::new()),
        };
        Ok(Filter {
            status: self.status,
            team: self.team.clone(),
            teams,
            assignee,
            unassigned: self.whose == Some(Whose::Nobodys),
            playbook: self.playbook.clone(),
            state: self.state.clone(),
            organization: self.organization,
            requester: self.requester,
            component: self.component.clone(),
            priority: self.priority,
            tag: self.tag.clone(),
            waiting_on: self.waiting_on.clone(),
            due_by: self.due_soon.then(|| now + SOON),
            clock_by: self.clock_soon.then(|| now + A_DAY),
            quiet_since: self.quiet.map(|days| now - SignedDuration::from_hours(24 * i64::from(days))),
            snoozed: self.snoozed,
            unfinished: self.unfinished,
            among: None,
        })
    }
}

impl TryFrom<BTreeMap<String, String>> for Cut {
    type Error = Error;

    fn try_from(pairs: BTreeMap<String, String>) -> Result<Self> {
        let mut cut = Self::default();
        for (name, value) in &pairs {
            if !cut.take(name, value)? {
                return Err(Error::invalid_field(name, "no-such-cut", "a list is not cut by this"));
            }
        }
        Ok(cut)
    }
}

impl From<Cut> for BTreeMap<String, String> {
    fn from(cut: Cut) -> Self {
        cut.pairs().into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_cut_says_is_read_again_as_the_same_cut() {
        let words = [
            ("status", "unfinished"),
            ("assignee", "me"),
            ("team", "mine"),
            ("playbook", "document-change"),
            ("state", "testing.first"),
            ("organization", "12"),
            ("requester", "7"),
            ("component", "Acme & Söhne"),
            ("priority", "high"),
            ("tag", "new logo"),
            ("waiting_on", "us"),
            ("due", "soon"),
            ("clock", "soon"),
            ("quiet", "3"),
            ("snoozed", "no"),
        ];
        let pairs: BTreeMap<String, String> = words.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        let cut = Cut::try_from(pairs.clone()).unwrap();
        assert_eq!(BTreeMap::from(cut.clone()), pairs);
        assert_eq!(serde_json::from_str::<Cut>(&serde_json::to_string(&cut).unwrap()).unwrap(), cut);
    }

    #[test]
    fn what_cuts_no_list_is_refused_by_its_name() {
        for (name, value) in
            [("status", "asleep"), ("assignee", "Bo"), ("due", "late"), ("quiet", "0"), ("snoozed", "1"), ("tag", "")]
        {
            let error = Cut::default().take(name, value).unwrap_err();
            assert_eq!(error.fields[0].field, name);
        }
        assert!(!Cut::default().take("colour", "red").unwrap());
    }
}
