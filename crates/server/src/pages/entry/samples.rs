//! Samples of home, sign-in and the error pages.

use super::form::{self, Door, DoorPage, Notice, NoticePage};
use super::view::{ErrorKind, ErrorPage, HomePage};
use super::welcome::WelcomePage;
use crate::pages::field::{Field, FieldKind, FieldOption};
use crate::pages::frame::{Frame, Section};
use crate::pages::specimens::{ATTACK, LONG, Specimen};

/// Every sample, rendered.
#[must_use]
pub fn specimens(frame: &Frame) -> Vec<Specimen> {
    let home = |sample, done| {
        let frame = frame.at(Section::Home);
        let form_href = "/forms/document-survey".to_owned();
        Specimen::page("home", sample, &HomePage { frame, form_href, done })
    };
    let error = |sample, kind, detail: Option<&str>, frame: Frame| {
        let page = ErrorPage {
            frame,
            kind,
            detail: detail.map(str::to_owned),
            reference: (kind == ErrorKind::Internal).then(|| "7f3a-19c2".to_owned()),
            again: kind.may_pass().then(|| "/tickets?status=open".to_owned()),
        };
        Specimen::page("error", sample, &page)
    };
    let here = frame.at(Section::Elsewhere);
    vec![
        home("usual", 1),
        home("empty", 0),
        home("finished", 5),
        door(frame, "usual", Door::SignIn, None),
        door(frame, "refused", Door::SignIn, Some(ATTACK)),
        door(frame, "forgotten", Door::Forgotten, None),
        door(frame, "reset", Door::Reset, None),
        door(frame, "invitation", Door::Invitation, None),
        door(frame, "set-up", Door::SetUp, None),
        notice(frame, "asked", Notice::Asked),
        notice(frame, "reset-over", Notice::ResetOver),
        notice(frame, "invitation-over", Notice::InvitationOver),
        notice(frame, "set-up-elsewhere", Notice::SetUpElsewhere),
        notice(frame, "set-up-already", Notice::SetUpAlready),
        welcome(frame),
        error("404", ErrorKind::NotFound, None, here.clone()),
        error("403", ErrorKind::Forbidden, None, here.clone()),
        error("409", ErrorKind::Conflict, None, here.clone()),
        error("413", ErrorKind::TooLarge, Some(LONG), here.clone()),
        error("503", ErrorKind::Unavailable, None, frame.for_visitor()),
        error("422", ErrorKind::Unprocessable, Some(&format!("{ATTACK} {LONG}")), here),
        error("500", ErrorKind::Internal, None, frame.for_visitor()),
    ]
}

fn door(frame: &Frame, sample: &'static str, door: Door, refused: Option<&str>) -> Specimen {
    let texts = frame.texts;
    let password = Field::new("password", texts.get("account-password"), FieldKind::Secret);
    let zones = ["Europe/Lisbon", LONG, ATTACK, "UTC", "America/Lima", "Asia/Tokyo"];
    let zone = |zone: &str| FieldOption { value: zone.to_owned(), label: zone.to_owned(), chosen: zone == "UTC" };
    let fields = match door {
        Door::SignIn => vec![form::address(texts, refused.unwrap_or_default()), password],
        Door::Forgotten => vec![form::address(texts, "")],
        Door::Reset => vec![form::new_password(texts).wrong(texts.get("field-required"))],
        Door::Invitation => vec![form::name(texts, ATTACK), form::new_password(texts)],
        Door::SetUp => vec![
            Field::new("desk", texts.get("set-up-desk"), FieldKind::Text(ATTACK.to_owned())).wrong(LONG),
            Field::new("zone", texts.get("set-up-zone"), FieldKind::Choice(zones.map(zone).to_vec())),
        ],
    };
    let whose = if matches!(door, Door::Reset | Door::Invitation) { ATTACK.to_owned() } else { String::new() };
    let view = DoorPage {
        frame: frame.for_visitor(),
        door,
        whose,
        action: "/sign-in".to_owned(),
        hidden: vec![("next".to_owned(), refused.unwrap_or("/tickets").to_owned())],
        fields,
        refused: refused.map(str::to_owned),
    };
    let page = if door == Door::SignIn { "sign-in" } else { "door" };
    Specimen::page(page, sample, &view)
}

fn notice(frame: &Frame, sample: &'static str, notice: Notice) -> Specimen {
    Specimen::page("notice", sample, &NoticePage { frame: frame.for_visitor(), notice })
}

fn welcome(frame: &Frame) -> Specimen {
    let view = WelcomePage {
        frame: frame.for_colleague(Section::Elsewhere),
        desk: ATTACK.to_owned(),
        playbooks: vec![("Document change".to_owned(), 9), (LONG.to_owned(), 1)],
        forms: vec![("Document survey".to_owned(), "/forms/document-survey".to_owned())],
        teams: vec!["Support".to_owned(), ATTACK.to_owned()],
    };
    Specimen::page("welcome", "usual", &view)
}
