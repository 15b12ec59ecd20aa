//! Samples of the people's pages.

use super::view::{AccountPage, InvitePage, LetterPage, LetterRow, PeoplePage, PersonRow, PersonStanding, SessionRow};
use crate::pages::entry::form;
use crate::pages::field::{Field, FieldKind, FieldOption};
use crate::pages::frame::{Frame, Section};
use crate::pages::person::Person;
use crate::pages::prose::Prose;
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT, Specimen};
use crate::pages::when::When;

/// Every sample, rendered.
#[must_use]
pub fn specimens(frame: &Frame) -> Vec<Specimen> {
    let people = |sample, people, letters, done, refused: Option<&str>| {
        let (frame, refused) = (frame.for_colleague(Section::People), refused.map(str::to_owned));
        let teams = vec![("support".to_owned(), "Support".to_owned())];
        Specimen::page("people", sample, &PeoplePage { frame, teams, people, letters, done, refused })
    };
    let letter = |sample, letter: LetterRow, text: &str| {
        let frame = frame.for_colleague(Section::People);
        Specimen::page("letter", sample, &LetterPage { frame, letter, text: Prose::from_text(text) })
    };
    vec![
        people("usual", PersonRow::samples(), vec![LetterRow::sample()], Some("people-invited"), None),
        people("empty", vec![PersonRow::samples().remove(0)], Vec::new(), None, None),
        people("extreme", PersonRow::samples_extreme(), vec![LetterRow::sample_extreme()], None, Some(ATTACK)),
        account(frame, "usual", SessionRow::samples(), &[]),
        account(frame, "mistaken", SessionRow::samples_extreme(), &[("password", ATTACK), ("old", LONG)]),
        invite(frame, "usual", None),
        invite(frame, "refused", Some(ATTACK)),
        letter("usual", LetterRow::sample(), "Come in:\n\nhttps://desk.acme.example/invitation/0123456789abcdef"),
        letter("extreme", LetterRow::sample_extreme(), &format!("{ATTACK} {LONG}")),
    ]
}

fn account(frame: &Frame, sample: &'static str, sessions: Vec<SessionRow>, wrong: &[(&str, &str)]) -> Specimen {
    let texts = frame.texts;
    let mistaken = |field: Field| match wrong.iter().find(|(name, _)| *name == field.name) {
        Some((_, error)) => field.wrong(*error),
        None => field,
    };
    let zones = ["Europe/Lisbon", "America/Sao Paulo", LONG].map(|zone| option(zone, zone == "Europe/Lisbon"));
    let old = Field::new("old", texts.get("account-old-password"), FieldKind::Secret);
    let view = AccountPage {
        frame: frame.for_colleague(Section::Account),
        person: Person::new("Ana Duarte", "ana@desk.example"),
        role: texts.get("role-owner"),
        profile: vec![
            form::name(texts, if wrong.is_empty() { "Ana Duarte" } else { ATTACK }),
            Field::new("time_zone", texts.get("account-zone"), FieldKind::Choice(zones.to_vec())).optional(),
        ],
        password: [old, form::new_password(texts)].map(mistaken).to_vec(),
        sessions,
        done: wrong.is_empty().then_some("account-profile-kept"),
    };
    Specimen::page("account", sample, &view)
}

fn invite(frame: &Frame, sample: &'static str, refused: Option<&str>) -> Specimen {
    let texts = frame.texts;
    let roles = ["role-collaborator", "role-agent"].map(|key| option(&texts.get(key), key == "role-agent"));
    let view = InvitePage {
        frame: frame.for_colleague(Section::People),
        fields: vec![
            form::name(texts, refused.unwrap_or("Bo Lindqvist")),
            Field::new("role", texts.get("people-role"), FieldKind::Choice(roles.to_vec())),
        ],
        teams: vec![option("Support", true), option(LONG, false)],
        refused: refused.map(str::to_owned),
    };
    Specimen::page("invite", sample, &view)
}

fn option(label: &str, chosen: bool) -> FieldOption {
    FieldOption { value: label.to_owned(), label: label.to_owned(), chosen }
}

impl PersonRow {
    /// An owner, somebody who was invited, and somebody who left.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let row = |id: &str, name: &str, role: &str, standing, may_go| Self {
            id: id.to_owned(),
            person: Person::new(name, format!("{}@desk.example", id)),
            role: role.to_owned(),
            standing,
            unsent: None,
            roles: if may_go { vec![option("Agent", true), option("Lead", false)] } else { Vec::new() },
            teams: vec![option("Support", true), option("Customer solutions", id == "12")],
            may_go,
        };
        vec![
            row("11", "Ana Duarte", "Owner", PersonStanding::Here, false),
            row("12", "Bo Lindqvist", "Agent", PersonStanding::Invited, true),
            row("13", "Cy Okafor", "Agent", PersonStanding::Left, false),
        ]
    }

    /// Names that break layouts and pages.
    #[must_use]
    pub fn samples_extreme() -> Vec<Self> {
        let of = |(at, name): (usize, &&str)| Self {
            id: format!("2{at}"),
            person: Person::new(*name, *name),
            teams: vec![option(name, true)],
            unsent: Some((*name).to_owned()),
            ..Self::samples().remove(1)
        };
        [ATTACK, RIGHT_TO_LEFT, LONG].iter().enumerate().map(of).collect()
    }
}

impl SessionRow {
    /// This browser and another.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let when = || When::new("2026-11-17T13:58:00Z", "Tue 17 Nov 2026, 13:58 WET", "5 min ago");
        let row = |id: &str, device: &str, current| Self {
            id: id.to_owned(),
            device: device.to_owned(),
            since: when(),
            seen: when(),
            current,
        };
        vec![row("1", "Firefox, Linux", true), row("2", "", false)]
    }

    /// Devices that break layouts and pages.
    #[must_use]
    pub fn samples_extreme() -> Vec<Self> {
        let of = |device: &str| Self { device: device.to_owned(), ..Self::samples().remove(1) };
        [ATTACK, RIGHT_TO_LEFT, LONG].map(of).to_vec()
    }
}

impl LetterRow {
    /// An invitation.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            href: "/people/letters/7".to_owned(),
            to: "bo@desk.example".to_owned(),
            subject: "Ana Duarte invites you to Support".to_owned(),
            at: When::new("2026-11-17T13:58:00Z", "Tue 17 Nov 2026, 13:58 WET", "5 min ago"),
        }
    }

    /// One that breaks layouts and pages.
    #[must_use]
    pub fn sample_extreme() -> Self {
        Self { to: LONG.to_owned(), subject: ATTACK.to_owned(), ..Self::sample() }
    }
}
