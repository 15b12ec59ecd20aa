//! Samples of one ticket, and every page and part of the tickets rendered from samples.

use super::alike::AlikePart;
use super::beside::Beside;
use super::bulk::BulkAssignPage;
use super::canned::CannedPage;
use super::checklist::Checklist;
use super::choice::{Addressee, Choice, Composer, DraftFile, FilesPart, Revisions};
use super::context::Context;
use super::conversation::Entry;
use super::copies::Copies;
use super::deeds::Deeds;
use super::drawing::{Drawing, DrawingPage, FigurePart};
use super::list::{ListPage, ListPart, RowPart, TicketList};
use super::mentions::MentionsPart;
use super::owner::{AssigneePage, Others, OthersPart, Owner};
use super::presence::PresencePart;
use super::question::{Question, Suggestion};
use super::standing::{Standing, Status, WaitingOn};
use super::urgency::Urgency;
use super::view::{Earlier, PanesPart, Ticket, TicketPage};
use crate::pages::field::{Field, FieldKind};
use crate::pages::frame::Frame;
use crate::pages::person::Person;
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT, Specimen};

/// Every sample, rendered.
#[must_use]
pub fn specimens(frame: &Frame) -> Vec<Specimen> {
    let list = |sample, list| Specimen::page("tickets", sample, &ListPage { frame: frame.clone(), list });
    let ticket =
        |sample, list, ticket| Specimen::page("ticket", sample, &TicketPage { frame: frame.clone(), list, ticket });
    let frame = || frame.clone();
    let row = TicketList::sample().rows.remove(0);
    let files = |composer: Composer| FilesPart {
        frame: frame(),
        ticket_id: "1042".to_owned(),
        kind: "reply",
        files: composer.reply_files,
    };
    vec![
        list("usual", TicketList::sample()),
        list("empty", TicketList::sample_empty()),
        list("extreme", TicketList::sample_extreme()),
        ticket("usual", TicketList::sample_beside(), Ticket::sample()),
        ticket("choosing", TicketList::sample_beside(), Ticket::sample_choosing()),
        ticket("suggesting", TicketList::sample_beside(), Ticket::sample_suggesting()),
        ticket("asking-a-party", TicketList::sample_beside(), Ticket::sample_asking_a_party()),
        ticket("waiting-to-leave", TicketList::sample_beside(), Ticket::sample_together()),
        ticket("merged", TicketList::sample_beside(), Ticket::sample_merged()),
        ticket("empty", TicketList::sample_empty(), Ticket::sample_empty()),
        ticket("extreme", TicketList::sample_extreme(), Ticket::sample_extreme()),
        Specimen::page("drawing", "extreme", &DrawingPage { frame: frame(), drawing: Drawing::sample_extreme() }),
        Specimen::page("assignee", "extreme", &AssigneePage { frame: frame(), others: Others::sample_extreme() }),
        Specimen::page("assignee", "usual", &AssigneePage { frame: frame(), others: Others::sample() }),
        Specimen::part("part-others", "usual", &OthersPart { frame: frame(), others: Others::sample() }),
        Specimen::page(
            "canned",
            "usual",
            &CannedPage::sample(frame(), ["closing-for-now", "ready-to-test-first", "hello"]),
        ),
        Specimen::page("canned", "extreme", &CannedPage::sample(frame(), [ATTACK, RIGHT_TO_LEFT, LONG])),
        Specimen::page("bulk-assign", "usual", &BulkAssignPage::sample(frame(), Others::sample())),
        Specimen::page("bulk-assign", "extreme", &BulkAssignPage::sample(frame(), Others::sample_extreme())),
        Specimen::part("part-drawing", "extreme", &FigurePart { drawing: Drawing::sample_extreme() }),
        Specimen::part("part-list", "usual", &ListPart { frame: frame(), list: TicketList::sample() }),
        Specimen::part("part-row", "usual", &RowPart { frame: frame(), row }),
        Specimen::part("part-draft-files", "usual", &files(Composer::sample())),
        Specimen::part("part-draft-files", "extreme", &files(Composer::sample_extreme())),
        Specimen::part(
            "part-mentions",
            "extreme",
            &MentionsPart { colleagues: [ATTACK, RIGHT_TO_LEFT, LONG].map(Person::named).to_vec() },
        ),
        Specimen::part("part-presence", "usual", &PresencePart::sample(frame())),
        Specimen::part("part-alike", "usual", &AlikePart::sample(frame())),
        Specimen::part("part-alike", "extreme", &AlikePart::sample_extreme(frame())),
        Specimen::part("part-panes", "usual", &PanesPart { frame: frame(), ticket: Ticket::sample() }),
        Specimen::part("part-panes", "extreme", &PanesPart { frame: frame(), ticket: Ticket::sample_extreme() }),
    ]
}

pub(super) fn standing(status: Status, waiting_on: Option<WaitingOn>) -> Standing {
    Standing { status, waiting_on }
}

impl Drawing {
    /// A drawing with words that break pages; where the states are is the drawing's own matter.
    #[must_use]
    pub fn sample_extreme() -> Self {
        Self {
            ticket: "1042".to_owned(),
            number: "1042".to_owned(),
            subject: format!("{RIGHT_TO_LEFT} {ATTACK}"),
            playbook: format!("{LONG} {ATTACK}"),
            svg: r#"<svg class="drawing" role="img" width="900" height="200" viewBox="0 0 900 200"><title>Busy</title></svg>"#
                .to_owned(),
        }
    }
}

impl Composer {
    /// A reply begun, with a file.
    #[must_use]
    pub fn sample() -> Self {
        let file = |id: &str, name: &str, size: &str| DraftFile {
            id: id.to_owned(),
            name: name.to_owned(),
            size: size.to_owned(),
        };
        Self {
            to: "Maria Alves".to_owned(),
            writer: "11".to_owned(),
            body: "Hello Maria,\n\nhere is a first draft".to_owned(),
            reply: "Hello Maria,\n\nhere is a first draft".to_owned(),
            reply_files: vec![file("71", "first-draft.pdf", "240 KB")],
            canned: true,
            ..Self::default()
        }
    }

    /// Words and files that break layouts and pages.
    #[must_use]
    pub fn sample_extreme() -> Self {
        let words = [ATTACK, RIGHT_TO_LEFT, LONG];
        let file = |word: &&str| DraftFile { id: "9".to_owned(), name: (*word).to_owned(), size: (*word).to_owned() };
        Self {
            body: format!("</textarea>{ATTACK}"),
            reply: format!("\"</textarea>{ATTACK}"),
            note_words: ATTACK.to_owned(),
            error: Some(LONG.to_owned()),
            to: format!("{RIGHT_TO_LEFT} {LONG}"),
            addressees: words.iter().map(|word| Addressee::sample(word, word)).collect(),
            unreachable: words.map(str::to_owned).to_vec(),
            reply_files: words.iter().take(1).map(file).collect(),
            note_files: Vec::new(),
            canned: true,
            ..Self::default()
        }
    }
}

impl Addressee {
    /// Somebody whom a reply can go to.
    #[must_use]
    pub fn sample(name: &str, label: &str) -> Self {
        Self { name: name.to_owned(), label: label.to_owned(), chosen: false }
    }
}

impl Ticket {
    /// A document change request being configured, with its whole conversation.
    #[must_use]
    pub fn sample() -> Self {
        let choice = |name: &str, label: &str, consequence: &str| Choice {
            name: name.to_owned(),
            label: label.to_owned(),
            consequence: consequence.to_owned(),
            unavailable: None,
            inputs: Vec::new(),
            solves: false,
        };
        Self {
            id: "1042".to_owned(),
            version: 7,
            changed_at: jiff::Timestamp::UNIX_EPOCH,
            deeds: Some(Deeds::sample()),
            number: "1042".to_owned(),
            subject: "Document Survey: Acme".to_owned(),
            standing: standing(Status::Open, Some(WaitingOn::Us)),
            urgency: Some(Urgency::sample()),
            state: "Needs configuration".to_owned(),
            clock: None,
            owner: Owner::sample(),
            back: "/tickets?status=open".to_owned(),
            entries: Entry::samples(),
            from: Some("1".to_owned()),
            earlier: None,
            questions: Question::samples(),
            suggestion: None,
            choices: vec![
                choice("confirmed", "Customer confirms", "Customer solutions is told to publish"),
                Choice {
                    unavailable: Some("Only while it waits to be published".to_owned()),
                    ..choice("edits", "More edits", "")
                },
            ],
            checklists: vec![Checklist::sample()],
            composer: Some(Composer::sample()),
            drafts: Some(Revisions::default()),
            copies: Copies::sample(),
            context: Context::sample(),
            beside: Beside::default(),
        }
    }

    /// A ticket whose choice asks for something first, and came back with a mistake.
    #[must_use]
    pub fn sample_choosing() -> Self {
        let mut ticket = Self::sample();
        ticket.state = "Checked by hand".to_owned();
        let held = FieldKind::Integer { value: "-1".to_owned(), min: Some(0), max: None };
        ticket.choices = vec![
            Choice {
                name: "checked".to_owned(),
                label: "Checked by hand".to_owned(),
                consequence: "The requirements are checked with these answers".to_owned(),
                unavailable: None,
                inputs: vec![
                    Field::new("inputs.plan", "Plan", FieldKind::Text("pro".to_owned())),
                    Field::new("inputs.held", "Documents they already have", held).wrong("Not less than 0."),
                ],
                solves: true,
            },
            Choice {
                name: "stop".to_owned(),
                label: "Will not go on".to_owned(),
                consequence: "The ticket closes; nobody is told".to_owned(),
                unavailable: None,
                inputs: Vec::new(),
                solves: true,
            },
        ];
        ticket.checklists = vec![Checklist::sample_wrong()];
        ticket.composer = Some(Composer {
            body: "Two lines\nthat were kept.".to_owned(),
            note_words: "Two lines\nthat were kept.".to_owned(),
            note: true,
            error: Some("This note is longer than a note may be.".to_owned()),
            ..ticket.composer.unwrap_or_default()
        });
        ticket
    }

    /// A ticket whose procedure knows others than the requester.
    #[must_use]
    pub fn sample_asking_a_party() -> Self {
        let mut ticket = Self::sample();
        let parties = [("", "Maria Alves"), ("confirmer", "Confirmer: Olga Reis, Otto Lima")];
        ticket.composer = Some(Composer {
            addressees: parties.map(|(name, label)| Addressee::sample(name, label)).to_vec(),
            unreachable: vec!["Payer".to_owned()],
            ..ticket.composer.unwrap_or_default()
        });
        ticket
    }

    /// A closed ticket with nothing in it.
    #[must_use]
    pub fn sample_empty() -> Self {
        Self {
            standing: standing(Status::Closed, None),
            urgency: None,
            state: "Closed".to_owned(),
            owner: Owner::default(),
            entries: Vec::new(),
            from: None,
            earlier: None,
            questions: Vec::new(),
            choices: Vec::new(),
            checklists: Vec::new(),
            composer: None,
            drafts: None,
            context: Context::sample_empty(),
            ..Self::sample()
        }
    }

    /// A ticket that breaks layouts and pages.
    #[must_use]
    pub fn sample_extreme() -> Self {
        let words = [ATTACK, RIGHT_TO_LEFT, LONG];
        let choice = |word: &&str| Choice {
            name: "same".to_owned(),
            label: (*word).to_owned(),
            consequence: (*word).to_owned(),
            unavailable: None,
            inputs: Vec::new(),
            solves: false,
        };
        let mut choices: Vec<_> = words.iter().map(choice).collect();
        for (index, choice) in choices.iter_mut().enumerate() {
            choice.name = format!("choice_{index}");
        }
        choices[0].inputs = vec![Field::new("inputs.x", LONG, FieldKind::LongText(ATTACK.to_owned())).wrong(ATTACK)];
        choices[1].unavailable = Some(ATTACK.to_owned());
        Self {
            number: "9000000000".to_owned(),
            subject: format!("{LONG} {ATTACK} {RIGHT_TO_LEFT}"),
            state: LONG.to_owned(),
            owner: Owner::sample_extreme(),
            deeds: Some(Deeds::sample_extreme()),
            back: "/tickets".to_owned(),
            entries: Entry::samples_extreme(),
            copies: Copies::sample_extreme(),
            from: Some("41".to_owned()),
            earlier: Some(Earlier {
                count: 190,
                href: "/tickets/1042?view=mine&from=0".to_owned(),
                panes: "/tickets/1042/panes?view=mine&from=0".to_owned(),
            }),
            questions: Question::samples_extreme(),
            suggestion: Some(Suggestion {
                text: ATTACK.to_owned(),
                held: Some(LONG.to_owned()),
                ..Suggestion::sample()
            }),
            choices,
            checklists: vec![Checklist::sample_extreme()],
            urgency: Some(Urgency::sample_extreme()),
            composer: Some(Composer::sample_extreme()),
            context: Context::sample_extreme(),
            beside: Beside::sample_extreme(),
            ..Self::sample()
        }
    }
}
