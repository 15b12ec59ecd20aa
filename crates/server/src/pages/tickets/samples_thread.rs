//! Samples of the conversation.

use super::conversation::{Attachment, Delivery, Entry, Guard, Message, MessageKind, Splitting, Step, Why};
use super::returned::Returned;
use crate::pages::person::Person;
use crate::pages::prose::Prose;
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT};
use crate::pages::when::When;

fn at(relative: &str) -> When {
    When::new("2026-11-17T13:58:00Z", "Tue 17 Nov 2026, 13:58:02 WET", relative)
}

impl Message {
    fn sample(id: &str, kind: MessageKind, author: Person, text: &str) -> Self {
        Self {
            id: id.to_owned(),
            kind,
            author,
            to: None,
            copies: String::new(),
            subject: None,
            body: Prose::from_text(text),
            quoted: None,
            original: None,
            remote: 0,
            attachments: Vec::new(),
            at: at("13:58"),
            delivery: None,
            returned: Vec::new(),
            why: None,
            own: None,
            from: None,
            split: None,
        }
    }

    /// What the procedure answered by itself.
    fn automatic() -> Self {
        Self {
            to: Some("Maria Alves".to_owned()),
            subject: Some("We are on it: Document Survey: Acme".to_owned()),
            delivery: Some(Delivery::Sent),
            why: Some(Why::sample("entry", "checking", "configuring.opening", 79)),
            ..Self::sample(
                "2",
                MessageKind::Automatic,
                Person::named("Support"),
                "Hello Maria,\n\nthank you for your request. A colleague from customer solutions is setting your \
                 document up and will write to you here.\n\nKind regards\nSupport",
            )
        }
    }
}

impl Returned {
    /// A mail that was late, and in the end did not arrive.
    fn samples() -> Vec<Self> {
        let report = |key, reason: &str, relative| Self {
            key,
            whom: "maria@acme.example".to_owned(),
            reason: Some(reason.to_owned()),
            at: at(relative),
        };
        vec![
            report("returned-delayed", "451 4.4.1 connection timed out", "20 min ago"),
            report("returned-hard", "550 5.1.1 no such user here", "5 min ago"),
        ]
    }
}

impl Why {
    /// Why the requirements were found met.
    fn sample(event: &str, from: &str, to: &str, line: u32) -> Self {
        Self {
            event: event.to_owned(),
            event_title: None,
            note: None,
            transition: Some((from.to_owned(), to.to_owned())),
            guards: Vec::new(),
            actions: Vec::new(),
            clocks: vec!["“Answer” stands still from here; 5 h 20 min left".to_owned()],
            file: "playbooks/document-change.yaml".to_owned(),
            line,
        }
    }
}

impl Step {
    fn sample(id: &str, summary: &str, why: Why) -> Self {
        Self { id: id.to_owned(), summary: summary.to_owned(), at: at("13:58"), why, undo: None }
    }
}

fn checked() -> Why {
    let guard = |expression: &str, held, values: &[(&str, &str)]| Guard {
        expression: expression.to_owned(),
        held,
        values: values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
    };
    Why {
        guards: vec![
            guard(
                "organization.plan == null || requester.role == null || held == null",
                false,
                &[("organization.plan", "\"pro\""), ("requester.role", "\"admin\""), ("held", "0")],
            ),
            guard("size(unmet) > 0", false, &[("unmet", "[]")]),
        ],
        ..Why::sample("always", "checking", "configuring.opening", 52)
    }
}

impl Entry {
    /// A request from its form to a note of the colleague's.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        use MessageKind::{Incoming, Note, Reply};
        let maria = || Person::new("Maria Alves", "maria@acme.example");
        let ana = || Person::new("Ana Duarte", "ana@desk.example");
        let incoming = Message {
            attachments: vec![Attachment {
                name: "logo-2026.svg".to_owned(),
                size: "24 KB".to_owned(),
                href: "/attachments/1".to_owned(),
            }],
            split: Some(Splitting::Offered("/tickets/1042?split=1#message-1".to_owned())),
            ..Message::sample(
                "1",
                Incoming,
                maria(),
                "Hello,\n\nwe would like our new logo on the closing statement, and our new address in the footer. \
                 The drawings are at https://acme.example/brand (the second page).\n\nCould we see it in the test \
                 environment first?\n\nThank you\nMaria",
            )
        };
        let note = Message::sample("3", Note, ana(), "Their account manager is on leave until Thursday; ask me.");
        let reply = Message {
            to: Some("Maria Alves".to_owned()),
            returned: Returned::samples(),
            ..Message::sample("5", Reply, ana(), "Hello Maria, may the footer grow to two lines on the last page?")
        };
        let answer = Message {
            quoted: Some("On Tue 17 Nov Ana Duarte wrote:\n> may the footer grow to two lines?".to_owned()),
            original: Some("/tickets/1042/messages/6/original".to_owned()),
            remote: 3,
            at: at("5 min ago"),
            split: Some(Splitting::Asked {
                subject: "Document Survey: Acme".to_owned(),
                back: "/tickets/1042#message-6".to_owned(),
            }),
            ..Message::sample("6", Incoming, maria(), "Yes, two lines are fine.")
        };
        let opened = Why {
            actions: vec![
                "open document-configuration as config".to_owned(),
                "assign customer-solutions by fewest_open → Bo Lindqvist".to_owned(),
            ],
            ..Why::sample("entry", "checking", "configuring.opening", 78)
        };
        vec![
            Self::Message(incoming),
            Self::Step(Step::sample(
                "s1",
                "Identifying → Checking",
                Why::sample("person.found", "identifying", "checking", 34),
            )),
            Self::Step(Step::sample("s2", "Checking → Needs configuration", checked())),
            Self::Step(Step::sample("s3", "Opened #1043 for customer solutions, assigned to Bo Lindqvist", opened)),
            Self::Message(Message::automatic()),
            Self::Message(note),
            Self::Message(reply),
            Self::Message(answer),
        ]
    }

    /// Entries that break layouts and pages.
    #[must_use]
    pub fn samples_extreme() -> Vec<Self> {
        let kinds = [MessageKind::Incoming, MessageKind::Reply, MessageKind::Note, MessageKind::Automatic];
        let words = [ATTACK, RIGHT_TO_LEFT, LONG, "🎈"];
        let why = || Why {
            event: ATTACK.to_owned(),
            event_title: Some(ATTACK.to_owned()),
            note: Some(Prose::from_text(LONG)),
            transition: Some((LONG.to_owned(), ATTACK.to_owned())),
            guards: vec![Guard {
                expression: ATTACK.to_owned(),
                held: true,
                values: vec![(LONG.to_owned(), ATTACK.repeat(5))],
            }],
            actions: vec![ATTACK.to_owned(), LONG.repeat(3)],
            clocks: vec![ATTACK.to_owned(), LONG.repeat(3)],
            file: ATTACK.to_owned(),
            line: u32::MAX,
        };
        let message = |(index, (kind, word)): (usize, (MessageKind, &str))| {
            let author = Person::new(word, format!("{LONG}@x.example"));
            let text = format!("{} https://x.example/{LONG} \"{ATTACK}", word.repeat(20));
            Self::Message(Message {
                to: Some(word.to_owned()),
                subject: Some(word.to_owned()),
                quoted: Some(word.repeat(9)),
                attachments: vec![Attachment {
                    name: word.to_owned(),
                    size: word.to_owned(),
                    href: format!("/attachments/{index}"),
                }],
                delivery: Some(Delivery::Failed(word.to_owned())),
                returned: vec![Returned {
                    key: "returned-unproved",
                    whom: word.to_owned(),
                    reason: Some(word.repeat(20)),
                    at: at(word),
                }],
                why: Some(why()),
                split: Some(Splitting::Asked { subject: word.to_owned(), back: word.to_owned() }),
                ..Message::sample(&format!("x{index}"), kind, author, &text)
            })
        };
        let mut entries: Vec<_> = kinds.into_iter().zip(words).enumerate().map(message).collect();
        entries.push(Self::Step(Step::sample("sx", &format!("{LONG} {ATTACK}"), why())));
        entries
    }
}
