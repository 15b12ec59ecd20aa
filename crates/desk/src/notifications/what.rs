//! What a notice is about: a kind with its facts. The sentence is made when it is read, in the language of whoever reads it. Facts
//! hold no words of clients, only names, numbers and what the desk itself says.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What colleagues are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "facts", rename_all = "kebab-case")]
#[expect(
    missing_docs,
    reason = "`number` is the ticket's, `who` a name, `languages` the text in each language that it was written in, `reason` what the desk or a server says; the rest is named as it is"
)]
pub enum What {
    /// A playbook's own words.
    Told {
        text: String,
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        languages: BTreeMap<String, String>,
    },
    /// A playbook's own words, as a clock of the ticket is about to run out.
    ToldByWarning {
        text: String,
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        languages: BTreeMap<String, String>,
    },
    /// A playbook's own words, as a clock of the ticket ran out.
    ToldByBreach {
        text: String,
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        languages: BTreeMap<String, String>,
    },
    /// A playbook asks a colleague something.
    Asked { text: String },
    /// Somebody gave the reader a ticket.
    Assigned { who: String, number: i64 },
    /// Somebody named the reader in a note.
    Mentioned { who: String, number: i64 },
    /// A client wrote on a ticket that the reader has.
    ClientWrote { who: String, number: i64 },
    /// Somebody outside wrote on a ticket that the reader follows.
    FollowedWrote { who: String, number: i64 },
    /// A colleague answered on a ticket that the reader follows.
    FollowedAnswered { who: String, number: i64 },
    /// A ticket of the reader's was merged into another one.
    Merged { who: String, number: i64, into: i64 },
    /// A ticket of the reader's was taken out of another one again.
    Parted { who: String, number: i64, from: i64 },
    /// A clock of a ticket that the reader has runs out soon.
    ClockRunsOut { number: i64, clock: String },
    /// A clock of a ticket that the reader has ran out.
    ClockRanOut { number: i64, clock: String },
    /// A snoozed ticket is back.
    CameBack { number: i64 },
    /// There was nobody to give a ticket to.
    NobodyToAssign { number: i64 },
    /// Whoever had a ticket works here no longer.
    HandedBack { number: i64, who: String },
    /// A playbook asks somebody whom nobody knows.
    NobodyOfThatName { number: i64, who: String, question: String },
    /// A mail could not be sent.
    Unsendable { number: i64, reason: String },
    /// A mail came back.
    MailCameBack { number: i64, whom: String },
    /// The same, and it is not known whose address failed.
    SomeMailCameBack { number: i64 },
    /// A reply has no address to go to.
    NoAddress { number: i64, reply: String },
    /// A reply to a party has nobody to go to.
    NobodyToWriteTo { number: i64, reply: String, party: String },
    /// A ticket that a schedule opened is for somebody who cannot be written to.
    Unreachable { number: i64, reason: String },
    /// A reply that was to leave by itself was held back.
    HeldBack { number: i64, reason: String },
    /// Somebody took a reply of the reader's back before it left.
    TakenBack { who: String, number: i64 },
    /// Time is up, and a mailbox is unread.
    WaitsForMail { number: i64, mailbox: String, since: String },
    /// A draft is due, and a mailbox is unread.
    DraftWaitsForMail { number: i64, mailbox: String, since: String },
    /// An automatic answer was not sent, for a program may be answering.
    NotAnswered { number: i64, reply: String, address: String, most: i64 },
    /// A settled ticket was not opened once more, for a program may be writing.
    NotReopened { number: i64, most: i64 },
    /// A mail of the desk came back to it.
    OwnMailCame { number: i64 },
    /// A playbook could not go on.
    PlaybookFailed { number: i64, place: String, reason: String },
    /// The desk failed on a ticket.
    DeskFailed { number: i64, reason: String },
    /// A delivery of a form could not be read.
    FormRefused { form: String, reason: String },
    /// A schedule failed.
    ScheduleFailed { schedule: String, playbook: String, reason: String },
    /// A schedule cannot tell what to do for some.
    ScheduleUnclear { schedule: String, playbook: String, count: i64, reason: String },
    /// A mailbox cannot be read.
    MailboxUnread { mailbox: String, since: String, reason: String },
    /// A mail was set aside.
    SetAside { reason: String },
}

/// What somebody chooses by: each kind of notice belongs to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// A ticket was given to the reader, or what is theirs was merged.
    Assigned,
    /// The reader was named in a note.
    Mentioned,
    /// The reader, or a team or role of theirs, is asked something.
    Asked,
    /// A client wrote on a ticket of the reader's.
    Client,
    /// Something was said on a ticket that the reader follows.
    Followed,
    /// A clock runs out soon.
    Warning,
    /// A clock ran out.
    Breach,
    /// A playbook says something.
    Playbook,
    /// A snoozed ticket is back.
    Snoozed,
    /// Nobody is there: no one to assign to, to ask or to write to.
    Nobody,
    /// A mail did not reach its reader, or a reply was held back.
    Delivery,
    /// What looks after itself did not: a playbook, a schedule, a mailbox.
    Desk,
}

impl Topic {
    /// Every topic, in the order in which they are chosen from.
    pub const ALL: [Topic; 12] = [
        Topic::Assigned,
        Topic::Mentioned,
        Topic::Asked,
        Topic::Client,
        Topic::Followed,
        Topic::Warning,
        Topic::Breach,
        Topic::Playbook,
        Topic::Snoozed,
        Topic::Nobody,
        Topic::Delivery,
        Topic::Desk,
    ];

    /// Its name, as it is stored and posted.
    pub fn as_str(self) -> &'static str {
        match self {
            Topic::Assigned => "assigned",
            Topic::Mentioned => "mentioned",
            Topic::Asked => "asked",
            Topic::Client => "client",
            Topic::Followed => "followed",
            Topic::Warning => "warning",
            Topic::Breach => "breach",
            Topic::Playbook => "playbook",
            Topic::Snoozed => "snoozed",
            Topic::Nobody => "nobody",
            Topic::Delivery => "delivery",
            Topic::Desk => "desk",
        }
    }
}

impl What {
    /// What somebody chooses it by.
    pub fn topic(&self) -> Topic {
        match self {
            What::Told { .. } => Topic::Playbook,
            What::ToldByWarning { .. } | What::ClockRunsOut { .. } => Topic::Warning,
            What::ToldByBreach { .. } | What::ClockRanOut { .. } => Topic::Breach,
            What::Asked { .. } => Topic::Asked,
            What::Assigned { .. } | What::Merged { .. } | What::Parted { .. } => Topic::Assigned,
            What::Mentioned { .. } => Topic::Mentioned,
            What::ClientWrote { .. } => Topic::Client,
            What::FollowedWrote { .. } | What::FollowedAnswered { .. } => Topic::Followed,
            What::CameBack { .. } => Topic::Snoozed,
            What::NobodyToAssign { .. } | What::HandedBack { .. } | What::NobodyOfThatName { .. } => Topic::Nobody,
            What::Unsendable { .. }
            | What::MailCameBack { .. }
            | What::SomeMailCameBack { .. }
            | What::NoAddress { .. }
            | What::NobodyToWriteTo { .. }
            | What::Unreachable { .. }
            | What::HeldBack { .. }
            | What::TakenBack { .. }
            | What::NotAnswered { .. }
            | What::NotReopened { .. }
            | What::OwnMailCame { .. } => Topic::Delivery,
            What::WaitsForMail { .. }
            | What::DraftWaitsForMail { .. }
            | What::PlaybookFailed { .. }
            | What::DeskFailed { .. }
            | What::FormRefused { .. }
            | What::ScheduleFailed { .. }
            | What::ScheduleUnclear { .. }
            | What::MailboxUnread { .. }
            | What::SetAside { .. } => Topic::Desk,
        }
    }

    /// A playbook's words in each language that they were written in; nothing where they are the same for everybody.
    pub fn languages(&self) -> Option<&BTreeMap<String, String>> {
        match self {
            What::Told { languages, .. }
            | What::ToldByWarning { languages, .. }
            | What::ToldByBreach { languages, .. } => Some(languages).filter(|languages| !languages.is_empty()),
            _ => None,
        }
    }

    /// Its kind, and its facts as they are stored.
    pub fn parts(&self) -> (String, Map<String, Value>) {
        let Ok(Value::Object(mut whole)) = serde_json::to_value(self) else { return Default::default() };
        let kind = whole.remove("kind").and_then(|kind| kind.as_str().map(str::to_owned)).unwrap_or_default();
        let facts = match whole.remove("facts") {
            Some(Value::Object(facts)) => facts,
            _ => Map::new(),
        };
        (kind, facts)
    }

    /// What was stored as a kind and its facts; `None` for what this program does not know, such as a newer one's.
    pub fn of(kind: &str, facts: &str) -> Option<Self> {
        let facts: Value = serde_json::from_str(facts).ok()?;
        serde_json::from_value(serde_json::json!({"kind": kind, "facts": facts})).ok()
    }
}

/// One of each kind, for whoever tries them all.
pub fn samples() -> Vec<What> {
    let (who, number) = ("Ana Lima".to_owned(), 1042);
    let text = |text: &str| text.to_owned();
    let reason = text("the server says no");
    vec![
        What::Told { text: text("Look at ticket 1042"), languages: BTreeMap::new() },
        What::ToldByWarning { text: text("An hour is left"), languages: BTreeMap::new() },
        What::ToldByBreach { text: text("Nobody answered"), languages: BTreeMap::new() },
        What::Asked { text: text("May we do this?") },
        What::Assigned { who: who.clone(), number },
        What::Mentioned { who: who.clone(), number },
        What::ClientWrote { who: who.clone(), number },
        What::FollowedWrote { who: who.clone(), number },
        What::FollowedAnswered { who: who.clone(), number },
        What::Merged { who: who.clone(), number, into: 1041 },
        What::Parted { who: who.clone(), number, from: 1041 },
        What::ClockRunsOut { number, clock: text("First answer") },
        What::ClockRanOut { number, clock: text("First answer") },
        What::CameBack { number },
        What::NobodyToAssign { number },
        What::HandedBack { number, who: who.clone() },
        What::NobodyOfThatName { number, who: who.clone(), question: text("May we?") },
        What::Unsendable { number, reason: reason.clone() },
        What::MailCameBack { number, whom: text("rui@borealis.example") },
        What::SomeMailCameBack { number },
        What::NoAddress { number, reply: text("closing-for-now") },
        What::NobodyToWriteTo { number, reply: text("asked"), party: text("approver") },
        What::Unreachable { number, reason: reason.clone() },
        What::HeldBack { number, reason: reason.clone() },
        What::TakenBack { who, number },
        What::WaitsForMail { number, mailbox: text("support"), since: text("2026-11-17 09:00 UTC") },
        What::DraftWaitsForMail { number, mailbox: text("support"), since: text("2026-11-17 09:00 UTC") },
        What::NotAnswered { number, reply: text("received"), address: text("robot@acme.example"), most: 5 },
        What::NotReopened { number, most: 3 },
        What::OwnMailCame { number },
        What::PlaybookFailed { number, place: text("a.yaml:3:1"), reason: reason.clone() },
        What::DeskFailed { number, reason: reason.clone() },
        What::FormRefused { form: text("document-survey"), reason: reason.clone() },
        What::ScheduleFailed { schedule: text("monthly"), playbook: text("hours-report"), reason: reason.clone() },
        What::ScheduleUnclear {
            schedule: text("monthly"),
            playbook: text("hours-report"),
            count: 2,
            reason: reason.clone(),
        },
        What::MailboxUnread { mailbox: text("support"), since: text("2026-11-17 09:00 UTC"), reason: reason.clone() },
        What::SetAside { reason },
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn what_is_stored_is_what_was_said_and_every_topic_has_something() {
        let mut topics = BTreeSet::new();
        for what in samples() {
            let (kind, facts) = what.parts();
            let facts = serde_json::to_string(&facts).unwrap();
            assert_eq!(What::of(&kind, &facts).as_ref(), Some(&what));
            topics.insert(what.topic());
        }
        assert_eq!(topics, Topic::ALL.into_iter().collect());
        assert_eq!(What::of("of-tomorrow", "{}"), None);
    }
}
