//! Samples of the notices and of the choices about them.

use super::view::{
    BrowserRow, ChoicesPage, DayRow, HookRow, NoticeRow, Notices, NotificationsPage, NotificationsPart, PushPart,
    TopicRow, Way,
};
use crate::pages::field::FieldOption;
use crate::pages::frame::{Frame, Section};
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT, Specimen};
use crate::pages::tickets::list::TicketList;
use crate::pages::when::When;

/// Every sample, rendered.
#[must_use]
pub fn specimens(frame: &Frame) -> Vec<Specimen> {
    let page = |sample, notices: Notices| {
        let list = TicketList { rows: Vec::new(), ..TicketList::sample() };
        let frame = frame.at(Section::Notifications);
        Specimen::page("notifications", sample, &NotificationsPage { frame, list, notices })
    };
    let usual = Notices { rows: NoticeRow::samples(), up_to: Some("1044".to_owned()), is_first: true, older: None };
    let empty = Notices { rows: Vec::new(), up_to: None, ..usual.clone() };
    let older = Some(format!("/notifications?after={ATTACK}"));
    let extreme = Notices { rows: NoticeRow::samples_extreme(), is_first: false, older, ..usual.clone() };
    let many = Notices { rows: NoticeRow::samples_many(), ..usual.clone() };
    let part = NotificationsPart { frame: frame.clone(), notices: usual.clone() };
    vec![
        page("usual", usual),
        page("empty", empty),
        page("extreme", extreme),
        page("many", many),
        Specimen::part("part-notifications", "usual", &part),
        Specimen::page("choices", "usual", &ChoicesPage::sample(frame)),
        Specimen::page("choices", "extreme", &ChoicesPage::sample_extreme(frame)),
    ]
}

impl NoticeRow {
    /// The notices of a morning.
    #[must_use]
    pub fn samples() -> Vec<Self> {
        let row = |id: &str, icon, topic, text: &str, subject: &str, relative: &str, unread| Self {
            id: id.to_owned(),
            icon,
            topic,
            is_breach: topic == "topic-breach",
            text: text.to_owned(),
            href: Some(format!("/tickets/{id}")),
            ticket: Some((id.to_owned(), Some(subject.to_owned()))),
            at: When::new("2026-11-17T13:58:00Z", "Tue 17 Nov 2026, 13:58 WET", relative),
            unread,
        };
        let breach = "“First answer” ran out on ticket 1044, which is yours.";
        vec![
            row("1044", "alert", "topic-breach", breach, "The export is empty", "5 min ago", true),
            row(
                "1041",
                "person-plus",
                "topic-assigned",
                "Bo Lind gave you ticket 1041.",
                "Monthly call",
                "2 h ago",
                true,
            ),
            Self {
                href: None,
                ticket: None,
                ..row("9", "info", "topic-desk", "A mail was set aside: the disk was full.", "", "3 h ago", false)
            },
        ]
    }

    /// Sixteen clocks that ran out at once, before what else there is.
    #[must_use]
    pub fn samples_many() -> Vec<Self> {
        let breach = Self::samples().remove(0);
        let many = (0..16).map(|at| Self { id: format!("8{at:02}"), ..breach.clone() });
        many.chain(Self::samples().into_iter().skip(1)).collect()
    }

    /// What breaks layouts and pages.
    #[must_use]
    pub fn samples_extreme() -> Vec<Self> {
        let row = |(at, words): (usize, &str)| Self {
            id: format!("90{at}"),
            text: words.to_owned(),
            ticket: Some(("9000000000".to_owned(), Some(words.to_owned()))),
            ..Self::samples().remove(0)
        };
        [ATTACK, RIGHT_TO_LEFT, LONG].into_iter().enumerate().map(row).collect()
    }
}

impl PushPart {
    /// Two browsers, of which one was not reached.
    #[must_use]
    pub fn sample() -> Self {
        let row = |id: &str, device: &str, error: Option<&str>| BrowserRow {
            id: id.to_owned(),
            device: device.to_owned(),
            endpoint: "ab".repeat(32),
            since: When::new("2026-11-17T13:58:00Z", "Tue 17 Nov 2026, 13:58 WET", "5 min ago"),
            error: error.map(str::to_owned),
        };
        Self {
            key: Some(
                "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4".to_owned(),
            ),
            agent: "7".to_owned(),
            browsers: vec![row("11", "Firefox, Linux", None), row("12", "", Some("it answered 503"))],
            said: None,
        }
    }

    /// What breaks layouts and pages.
    #[must_use]
    pub fn sample_extreme() -> Self {
        let mut part = Self { said: Some((false, LONG.to_owned())), ..Self::sample() };
        for (row, words) in part.browsers.iter_mut().zip([ATTACK, RIGHT_TO_LEFT]) {
            (row.device, row.error) = (words.to_owned(), Some(words.to_owned()));
        }
        Self { agent: ATTACK.to_owned(), ..part }
    }
}

impl ChoicesPage {
    /// What somebody chose who works in an office.
    #[must_use]
    pub fn sample(frame: &Frame) -> Self {
        let names = ["assigned", "mentioned", "asked", "client", "breach", "desk"];
        let keys = ["topic-assigned", "topic-mentioned", "topic-asked", "topic-client", "topic-breach", "topic-desk"];
        let topic = |(name, key): (&'static str, &str)| TopicRow {
            name,
            title: frame.t(key),
            wanted: vec![true, name != "desk", name == "breach"],
        };
        let option = |value: &str, label: String, chosen| FieldOption { value: value.to_owned(), label, chosen };
        let way = |(name, key): (&'static str, &str)| Way { name, title: frame.t(key) };
        let day = |key: &str| DayRow { title: frame.t(key), hours: "09:00-12:30, 14:00-18:00".to_owned(), error: None };
        let days =
            ["day-monday", "day-tuesday", "day-wednesday", "day-thursday", "day-friday", "day-saturday", "day-sunday"];
        Self {
            frame: frame.for_colleague(Section::Account),
            ways: [("in-app", "way-in-app"), ("mail", "way-mail"), ("slack", "way-slack")].map(way).to_vec(),
            topics: names.into_iter().zip(keys).map(topic).collect(),
            rhythms: vec![
                option("at-once", frame.t("rhythm-at-once"), false),
                option("daily", frame.t("rhythm-daily"), true),
            ],
            hours: "own",
            calendars: vec![option("lisbon", "lisbon".to_owned(), false)],
            days: days.into_iter().map(day).collect(),
            calendar_error: None,
            zone: "Europe/Lisbon".to_owned(),
            breach_is_urgent: true,
            urgent_tickets: false,
            hooks: vec![HookRow {
                id: "7".to_owned(),
                kind: "Slack".to_owned(),
                host: "hooks.slack.example".to_owned(),
                whose: String::new(),
                error: Some("it answered 404: no_service".to_owned()),
            }],
            shared: None,
            audiences: Vec::new(),
            hook_error: None,
            tried: Some((true, frame.t_with("hook-tried", "host", "hooks.slack.example"))),
            push: PushPart::sample(),
            mail_failure: None,
            stays_here: false,
            done: true,
        }
    }

    /// What breaks layouts and pages.
    #[must_use]
    pub fn sample_extreme(frame: &Frame) -> Self {
        let mut page = Self::sample(frame);
        for (day, words) in page.days.iter_mut().zip([ATTACK, RIGHT_TO_LEFT, LONG]) {
            (day.hours, day.error) = (words.to_owned(), Some(words.to_owned()));
        }
        let option = FieldOption { value: ATTACK.to_owned(), label: LONG.to_owned(), chosen: true };
        let hook = |id: &str, whose: &str| HookRow {
            id: id.to_owned(),
            kind: ATTACK.to_owned(),
            host: LONG.to_owned(),
            whose: whose.to_owned(),
            error: Some(RIGHT_TO_LEFT.to_owned()),
        };
        Self {
            hooks: vec![hook("8", "")],
            shared: Some(vec![hook("9", ATTACK), hook("10", LONG)]),
            audiences: vec![option.clone()],
            hook_error: Some(ATTACK.to_owned()),
            tried: Some((false, ATTACK.to_owned())),
            calendars: vec![option],
            calendar_error: Some(ATTACK.to_owned()),
            zone: LONG.to_owned(),
            push: PushPart::sample_extreme(),
            mail_failure: Some(ATTACK.to_owned()),
            stays_here: true,
            done: false,
            ..page
        }
    }
}
