//! Openings by a schedule: when, for whom, and what makes each of them one ticket.

use std::fmt;

use calendar::{Calendar, Span};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Map, Value};

use super::body::Reader;
use super::header::check_known;
use super::recurrence::Recurrence;
use super::{OpensBy, Playbook};
use crate::expression::{Expression, Wanted};
use crate::finding::Finding;
use crate::occurrence::Occurrence;
use crate::run::Fault;
use crate::scope::Scope;
use crate::segment::SegmentOf;
use crate::source::Place;
use crate::types::Type;
use crate::yaml::{Entries, Node, word};

/// The longest time that a ticket is opened before its date, in seconds: a year.
const BEFORE_MAX: i64 = 366 * 86_400;

/// How many occurrences are looked at to find the one that opened last. A schedule has one a day at most, and the
/// estimate that the search begins from is two days off at most.
const LOOKED_AT: usize = 16;

/// How far the estimate is taken too far, for days that are longer or shorter than others.
const MARGIN: SignedDuration = SignedDuration::from_hours(48);

/// How a schedule opens tickets.
#[derive(Clone, Debug)]
pub struct Scheduled {
    comes: Comes,
    each: Option<String>,
    before: Option<Span>,
    key: Vec<KeyPart>,
    requester: Option<Expression>,
}

/// When it comes.
#[derive(Clone, Debug)]
enum Comes {
    /// At the same times for all.
    Fixed(Recurrence),
    /// At times of each member's own.
    Agreed(Expression),
}

/// Something that tells the tickets of a schedule apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyPart {
    Organization,
    Contact,
    Date,
    Month,
    Year,
}

impl KeyPart {
    /// The words for all of them.
    pub(crate) const WORDS: [&'static str; 5] =
        [Self::Organization.word(), Self::Contact.word(), Self::Date.word(), Self::Month.word(), Self::Year.word()];

    const ALL: [Self; 5] = [Self::Organization, Self::Contact, Self::Date, Self::Month, Self::Year];

    const fn word(self) -> &'static str {
        match self {
            Self::Organization => "organization",
            Self::Contact => "contact",
            Self::Date => "date",
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// The times of a schedule, and how long before each its ticket is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timetable {
    recurrence: Recurrence,
    before: Option<Span>,
}

impl Timetable {
    /// The last occurrence whose ticket was to be opened by `now`; `None` where the calendar begins. Its own time may be
    /// still to come.
    #[must_use]
    pub fn last_opened(&self, now: Timestamp, zone: &TimeZone) -> Option<Occurrence> {
        let ahead = SignedDuration::from_secs(self.before.map_or(0, Span::seconds)) + MARGIN;
        let mut at = self.recurrence.last_until(now.checked_add(ahead).ok()?, zone)?;
        for _ in 0..LOOKED_AT {
            let occurrence = self.occurrence(at, zone)?;
            if occurrence.opens <= now {
                return Some(occurrence);
            }
            at = self.recurrence.last_until(at.checked_sub(SignedDuration::from_nanos(1)).ok()?, zone)?;
        }
        None
    }

    /// When the next ticket is to be opened after `now`; `None` where the calendar ends.
    #[must_use]
    pub fn next_opening(&self, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let mut at = self.last_opened(now, zone).map_or(now, |last| last.at);
        for _ in 0..LOOKED_AT {
            at = self.recurrence.next_after(at, zone)?;
            let opens = self.occurrence(at, zone)?.opens;
            if opens > now {
                return Some(opens);
            }
        }
        None
    }

    fn occurrence(&self, at: Timestamp, zone: &TimeZone) -> Option<Occurrence> {
        let opens = match self.before {
            // What is no working time needs no calendar.
            Some(before) => before.before(at, &Calendar::always(zone.clone()), zone).ok()?,
            None => at,
        };
        Some(Occurrence { at, date: at.to_zoned(zone.clone()).date(), opens })
    }
}

impl Scheduled {
    /// The segment for each of whose members a ticket is opened; one ticket an occurrence without it.
    #[must_use]
    pub fn each(&self) -> Option<&str> {
        self.each.as_deref()
    }

    /// Whether every member has times of its own.
    #[must_use]
    pub fn is_agreed(&self) -> bool {
        matches!(self.comes, Comes::Agreed(_))
    }

    /// The times for a member; `None` where none are agreed with it. `member` is as for
    /// [`Segment::holds`](crate::Segment::holds), and empty where there is none.
    ///
    /// # Errors
    /// A [`Fault`] when what is agreed cannot be told, or is no schedule.
    pub fn timetable(&self, member: &Map<String, Value>) -> Result<Option<Timetable>, Fault> {
        let before = self.before;
        match &self.comes {
            Comes::Fixed(recurrence) => Ok(Some(Timetable { recurrence: recurrence.clone(), before })),
            Comes::Agreed(expression) => match text_of(expression, member)? {
                None => Ok(None),
                Some(text) => match Recurrence::parse(&text) {
                    Ok(recurrence) => Ok(Some(Timetable { recurrence, before })),
                    Err(message) => Err(Fault::new("bad-schedule", expression.place(), message)),
                },
            },
        }
    }

    /// The mail address of whoever is to count as the requester; `None` where nobody is named.
    ///
    /// # Errors
    /// A [`Fault`] when that cannot be told.
    pub fn requester(&self, member: &Map<String, Value>) -> Result<Option<String>, Fault> {
        match &self.requester {
            Some(expression) => text_of(expression, member),
            None => Ok(None),
        }
    }

    /// What makes the ticket of an occurrence the only one: of two with the same key one is opened. `organization` and
    /// `contact` are ids of the member.
    #[must_use]
    pub fn key(&self, occurrence: &Occurrence, organization: Option<&str>, contact: Option<&str>) -> String {
        let parts = self.key.iter().map(|part| {
            let value = match part {
                KeyPart::Organization => organization.unwrap_or("none").to_owned(),
                KeyPart::Contact => contact.unwrap_or("none").to_owned(),
                KeyPart::Date => occurrence.date.to_string(),
                KeyPart::Month => occurrence.month(),
                KeyPart::Year => occurrence.date.year().to_string(),
            };
            format!("{}={value}", part.word())
        });
        parts.collect::<Vec<_>>().join("/")
    }

    /// The words of the key, in order.
    pub(crate) fn key_words(&self) -> Vec<String> {
        self.key.iter().map(|part| part.word().to_owned()).collect()
    }

    /// The expression that names the requester, as the handbook writes it.
    pub(crate) fn requester_source(&self) -> Option<&str> {
        self.requester.as_ref().map(Expression::source)
    }
}

/// When and for whom, which tells the schedules of one playbook apart: `day 8 09:00 each clients`.
impl fmt::Display for Scheduled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.comes {
            Comes::Fixed(recurrence) => recurrence.fmt(f)?,
            Comes::Agreed(expression) => write!(f, "agreed {}", expression.source())?,
        }
        if let Some(segment) = &self.each {
            write!(f, " each {segment}")?;
        }
        self.before.map_or(Ok(()), |before| write!(f, " before {before}"))
    }
}

/// The text that an expression gives; `None` for null and for nothing but spaces.
fn text_of(expression: &Expression, member: &Map<String, Value>) -> Result<Option<String>, Fault> {
    match expression.evaluate(member)? {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
        other => {
            let message = format!("`{}` gives {other}, where a text was wanted", expression.source());
            Err(Fault::new("wrong-type", expression.place(), message))
        }
    }
}

impl Playbook {
    /// Whether a schedule opens tickets of it.
    #[must_use]
    pub fn is_scheduled(&self) -> bool {
        self.opens.iter().any(|opens| matches!(opens.by, OpensBy::Schedule))
    }
}

/// For whom tickets are opened, as far as the handbook says.
enum Each {
    /// For nobody in particular.
    Nobody,
    /// For the members of this segment.
    Members(String, SegmentOf),
    /// For those of a segment that there is not, which is told.
    Unknown,
}

impl Reader<'_> {
    /// Reads an opening with the key `schedule` or `agreed`.
    pub(super) fn scheduled(&mut self, entries: &mut Entries<'_>, place: &Place) -> Option<Scheduled> {
        let each = match entries.get("each") {
            None => Each::Nobody,
            Some(node) => self.segment_named(node),
        };
        let of = match &each {
            Each::Members(_, of) => Some(*of),
            Each::Nobody | Each::Unknown => None,
        };
        let scope = match &each {
            Each::Unknown => None,
            Each::Nobody => Some(Scope::default()),
            Each::Members(_, of) => Some(of.scope(self.names.desk, self.names.registry)),
        };
        let comes = self.comes(entries, &each, scope.as_ref());
        let before = entries.get("before").map(|node| self.before(node));
        let requester = entries.get("requester").map(|node| {
            if of == Some(SegmentOf::Contact) {
                let message = "the contact whose ticket it is asks for it: nobody else is its requester";
                self.findings.push(Finding::error("two-requesters", node.place.clone(), message));
            }
            self.text_expression(node, "a requester's address", scope.as_ref())
        });
        let key = self.key(entries, &each, place);
        let each = match each {
            Each::Nobody => None,
            Each::Members(name, _) => Some(name),
            Each::Unknown => return None,
        };
        // What is there and could not be read was told.
        if before.is_some_and(|before| before.is_none()) || requester.as_ref().is_some_and(Option::is_none) {
            return None;
        }
        Some(Scheduled { comes: comes?, each, before: before.flatten(), key: key?, requester: requester.flatten() })
    }

    fn segment_named(&mut self, node: &Node) -> Each {
        let segments = self.names.segments;
        let Some(name) = word(node, "each", &mut self.findings) else { return Each::Unknown };
        check_known("segment", name, &node.place, segments.keys().map(String::as_str), &mut self.findings);
        segments.get(name).map_or(Each::Unknown, |segment| Each::Members(name.to_owned(), segment.of))
    }

    fn comes(&mut self, entries: &mut Entries<'_>, each: &Each, scope: Option<&Scope>) -> Option<Comes> {
        let agreed = entries.entry("agreed");
        match (entries.get("schedule"), agreed) {
            (Some(node), None) => {
                let text = word(node, "schedule", &mut self.findings)?;
                let bad = |message| Finding::error("bad-schedule", node.place.clone(), message);
                Recurrence::parse(text).map(Comes::Fixed).map_err(|message| self.findings.push(bad(message))).ok()
            }
            (fixed, Some((key, node))) => {
                let wrong = if fixed.is_some() {
                    Some("the times are those of the `schedule`, or agreed with each member: not both")
                } else if matches!(each, Each::Nobody) {
                    Some("times are agreed with somebody: `each` says with whom")
                } else {
                    None
                };
                if let Some(message) = wrong {
                    self.findings.push(Finding::error("bad-schedule", key.place.clone(), message));
                    return None;
                }
                self.text_expression(node, "a schedule", scope).map(Comes::Agreed)
            }
            (None, None) => None,
        }
    }

    fn text_expression(&mut self, node: &Node, what: &str, scope: Option<&Scope>) -> Option<Expression> {
        let mut expression = Expression::read(node, &mut self.findings)?;
        if let Some(scope) = scope {
            expression.check(scope, Wanted::Typed(&Type::Text, what), &mut self.findings);
        }
        Some(expression)
    }

    fn before(&mut self, node: &Node) -> Option<Span> {
        let text = word(node, "before", &mut self.findings)?;
        let span = self.span(node, text)?;
        let wrong = if span.is_working_time() {
            "`before` is a length of time without a calendar; write for example `14 days` or `2h`"
        } else if span.seconds() > BEFORE_MAX {
            "a ticket is opened a year before its date at most"
        } else {
            return Some(span);
        };
        self.findings.push(Finding::error("bad-span", node.place.clone(), wrong));
        None
    }

    /// Reads `key`; without it each member has a ticket of every date.
    fn key(&mut self, entries: &mut Entries<'_>, each: &Each, place: &Place) -> Option<Vec<KeyPart>> {
        let member = match each {
            Each::Members(_, SegmentOf::Organization) => Some(KeyPart::Organization),
            Each::Members(_, SegmentOf::Contact) => Some(KeyPart::Contact),
            Each::Nobody | Each::Unknown => None,
        };
        if !entries.has("key") {
            return Some(member.into_iter().chain([KeyPart::Date]).collect());
        }
        let (mut parts, words, before) = (Vec::new(), entries.words("key", &mut self.findings), self.findings.len());
        for (word, place) in words {
            check_known("part of a key", word, &place, KeyPart::WORDS, &mut self.findings);
            let part = KeyPart::ALL.into_iter().find(|part| part.word() == word);
            let lacks = match (part, each) {
                (Some(KeyPart::Organization | KeyPart::Contact), Each::Nobody) => "`each` says for whom",
                (Some(KeyPart::Contact), Each::Members(_, SegmentOf::Organization)) => {
                    "its segment is of organizations"
                }
                _ => "",
            };
            if !lacks.is_empty() {
                let message = format!("this schedule knows no {word}: {lacks}");
                self.findings.push(Finding::error("unknown-name", place, message));
            }
            parts.extend(part);
        }
        let tells_members_apart =
            member.is_none() || parts.iter().any(|part| Some(*part) == member || *part == KeyPart::Organization);
        if self.findings.len() == before && (parts.is_empty() || !tells_members_apart) {
            let message = "this key is the same for every member, so that the first would have the only ticket";
            let help = format!("add `{}` to it", member.map_or("date", KeyPart::word));
            self.findings.push(Finding::error("key-for-all", place.clone(), message).with_help(help));
        }
        (self.findings.len() == before).then_some(parts)
    }
}

#[cfg(test)]
mod tests;
