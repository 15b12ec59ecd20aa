//! What a ticket must be to be found: the operators of a question with the names in them looked up.

pub(super) mod list;
pub(super) mod queries;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use store::{Conn, Id};

use super::grammar::{Day, Operator};
use super::notice::Notice;
use super::sought::Sought;
use super::wanted::{By, Cut, Wanted};
use crate::rights::{self, Verb};
use crate::tickets::{self, Priority};
use crate::words::{Index, fold};
use crate::{Actor, Result, contacts, organizations};

/// How many people, or companies, one name may stand for.
const CALLED_MAX: u32 = 50;

/// A condition on tickets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Condition {
    pub(super) is_not: bool,
    pub(super) is: Is,
}

/// What a ticket is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Is {
    /// It has this number.
    Number(i64),
    /// It has this status.
    Status(&'static str),
    /// Nobody has it.
    Unassigned,
    /// It is hidden from inboxes for a while.
    Snoozed,
    /// One of these has it.
    Assigned(Vec<Id>),
    /// One of these asked.
    AskedBy(Vec<Id>),
    /// It is for one of these.
    For(Vec<Id>),
    /// It is this team's.
    OfTeam(String),
    /// It has this tag.
    Tagged(String),
    /// It has this priority.
    Urgent(Priority),
    /// It goes by this playbook.
    By(String),
    /// It is in one of these states.
    In(Vec<String>),
    /// Something on it came or went this way.
    Through(&'static str),
    /// Something on it has a file.
    WithAttachment,
    /// There is a note on it.
    WithNote,
    /// These words stand on it somewhere.
    Holding(Sought),
    /// It, or what was found on it, was written from then until before then.
    Between(Timestamp, Timestamp),
}

/// The conditions of a question.
pub(super) struct Cuts {
    /// All of them are to be met.
    pub(super) conditions: Vec<Condition>,
    /// The indexes of words that are asked.
    pub(super) indexes: Vec<Index>,
    /// What is to be said of the names that were looked up.
    pub(super) notices: Vec<Notice>,
}

impl Is {
    /// Whether an index leads to the tickets that are so.
    pub(super) fn has_an_index(&self) -> bool {
        !matches!(
            self,
            Self::Urgent(_)
                | Self::Through(_)
                | Self::WithAttachment
                | Self::WithNote
                | Self::Holding(_)
                | Self::Between(..)
        )
    }
}

impl Cuts {
    /// No conditions: everything that the viewer sees.
    pub(super) fn none() -> Self {
        Self { conditions: Vec::new(), indexes: vec![Index::Said, Index::Noted], notices: Vec::new() }
    }

    /// Looks up what the cuts of a question name. `now` and `zone` say which days they mean.
    pub(super) async fn of(
        conn: &mut Conn,
        actor: &Actor,
        wanted: &Wanted,
        now: Timestamp,
        zone: &TimeZone,
    ) -> Result<Self> {
        let mut cuts = Self::none();
        for Cut { is_not, by } in &wanted.cuts {
            let is_not = *is_not;
            let is = match by {
                By::Number(number) => Is::Number(*number),
                By::Holding(words) => Is::Holding(words.clone()),
                By::Day(operator, day) => between(*operator, *day, now, zone),
                By::Word(Operator::In, place) if !wanted.words.is_empty() => {
                    let kept = if (*place == "notes") != is_not { Index::Noted } else { Index::Said };
                    cuts.indexes.retain(|index| *index == kept);
                    continue;
                }
                By::Word(Operator::In, "messages") => continue,
                By::Word(operator, word) => stands(*operator, word, actor),
                By::Name(operator, name) => cuts.named(conn, actor, *operator, name).await?,
            };
            cuts.conditions.push(Condition { is_not, is });
        }
        if !rights::may(actor, Verb::ReadPeople) {
            // Whoever keeps no people is not told who there is.
            cuts.notices.clear();
        }
        Ok(cuts)
    }

    async fn named(&mut self, conn: &mut Conn, actor: &Actor, operator: Operator, name: &str) -> Result<Is> {
        let key = |between: &str| name.trim().to_lowercase().split_whitespace().collect::<Vec<_>>().join(between);
        Ok(match operator {
            Operator::Team => Is::OfTeam(key("-")),
            Operator::Playbook => Is::By(key("-")),
            Operator::State => Is::In(tickets::states_within(conn, &key("_")).await?),
            Operator::Tag => Is::Tagged(name.trim().to_owned()),
            Operator::Organization => {
                let known = match organizations::find_by_key(conn, &key("-")).await? {
                    Some(found) => vec![found.id],
                    None => queries::called(conn, "organizations", name, CALLED_MAX + 1).await?,
                };
                Is::For(self.looked_up(operator, name, known))
            }
            Operator::Assignee => match fold::words(name).join(" ").as_str() {
                "none" | "nobody" | "ninguem" => Is::Unassigned,
                "me" | "eu" | "mim" => Is::Assigned(actor.agent_id().into_iter().collect()),
                _ => {
                    let known = queries::agents_called(conn, name).await?;
                    Is::Assigned(self.looked_up(operator, name, known))
                }
            },
            // Every other operator takes one of its own words, or a day.
            _ => {
                let address = name.contains('@').then(|| contacts::check_address(name).ok()).flatten();
                let known = match address {
                    Some(()) => {
                        contacts::find_by_address(conn, name).await?.map(|found| found.id).into_iter().collect()
                    }
                    None => queries::called(conn, "contacts", name, CALLED_MAX + 1).await?,
                };
                Is::AskedBy(self.looked_up(operator, name, known))
            }
        })
    }

    /// Says when there are none, or more than are looked at.
    fn looked_up(&mut self, operator: Operator, name: &str, mut known: Vec<Id>) -> Vec<Id> {
        let (value, taken) = (name.to_owned(), CALLED_MAX as usize);
        if known.is_empty() {
            self.notices.push(Notice::Nobody { operator, value });
        } else if known.len() > taken {
            known.truncate(taken);
            self.notices.push(Notice::TooMany { operator, value, taken });
        }
        known
    }
}

fn stands(operator: Operator, word: &'static str, actor: &Actor) -> Is {
    match (operator, word) {
        (Operator::Is, "unassigned") => Is::Unassigned,
        (Operator::Is, "mine") => Is::Assigned(actor.agent_id().into_iter().collect()),
        (Operator::Is, "snoozed") => Is::Snoozed,
        (Operator::Has, _) => Is::WithAttachment,
        (Operator::In, _) => Is::WithNote,
        (Operator::Channel, _) => Is::Through(word),
        (Operator::Priority, _) => Is::Urgent(word.parse().unwrap_or_default()),
        _ => Is::Status(word),
    }
}

fn between(operator: Operator, day: Day, now: Timestamp, zone: &TimeZone) -> Is {
    let (begins, ends) = day.instants(now, zone);
    match operator {
        Operator::Before => Is::Between(Timestamp::MIN, begins),
        Operator::After => Is::Between(begins, Timestamp::MAX),
        _ => Is::Between(begins, ends),
    }
}
