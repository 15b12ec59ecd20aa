//! The list of notices, and the choices about them.

use askama::Template;

use crate::pages::field::FieldOption;
use crate::pages::frame::Frame;
use crate::pages::tickets::list::TicketList;
use crate::pages::when::When;

/// The longest run of notices of one kind of which all are seen.
const RUN_MAX: usize = 5;
/// How many of a longer one are.
const RUN_SHOWN: usize = 3;

/// `GET /notifications`: what the viewer was told.
#[derive(Debug, Clone, Template)]
#[template(path = "notifications/notifications_page.html")]
pub struct NotificationsPage {
    /// The page's frame.
    pub frame: Frame,
    /// The views that it stands among; its rows are empty.
    pub list: TicketList,
    /// The notices.
    pub notices: Notices,
}

/// `GET /notifications/list`: the notices alone, for live updates.
#[derive(Debug, Clone, Template)]
#[template(path = "notifications/_list.html")]
pub struct NotificationsPart {
    /// The page's frame.
    pub frame: Frame,
    /// The notices.
    pub notices: Notices,
}

/// A page of notices.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notices {
    /// The notices, the unread first.
    pub rows: Vec<NoticeRow>,
    /// The newest of them, up to which all can be marked as read; `None` when nothing is unread.
    pub up_to: Option<String>,
    /// Whether this is the first page, which is kept up to date.
    pub is_first: bool,
    /// The address of the next page, if there are older ones.
    pub older: Option<String>,
}

/// Notices of one kind that stand behind each other: where they are many, most are folded away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run<'a> {
    /// Those that are seen.
    pub shown: &'a [NoticeRow],
    /// Those that one unfolds.
    pub folded: &'a [NoticeRow],
}

impl Notices {
    /// The notices by runs of one kind, in their order.
    fn runs(&self) -> impl Iterator<Item = Run<'_>> {
        let runs = self.rows.chunk_by(|one, next| (one.topic, one.unread) == (next.topic, next.unread));
        runs.map(|run| {
            let seen = if run.len() > RUN_MAX { RUN_SHOWN } else { run.len() };
            let (shown, folded) = run.split_at(seen);
            Run { shown, folded }
        })
    }
}

/// A notice in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRow {
    /// Its place in the list.
    pub id: String,
    /// The suffix of its symbol `i-…`.
    pub icon: &'static str,
    /// The key of what it is about.
    pub topic: &'static str,
    /// Whether something ran out.
    pub is_breach: bool,
    /// What it says.
    pub text: String,
    /// Where it leads.
    pub href: Option<String>,
    /// The ticket's number, where it is about one, and its subject, unless the text says that.
    pub ticket: Option<(String, Option<String>)>,
    /// When it was told.
    pub at: When,
    /// Whether it has not been read.
    pub unread: bool,
}

/// `GET /notifications/choices`: what the viewer wants to be told, by which ways and when.
#[derive(Debug, Clone, Template)]
#[template(path = "notifications/choices_page.html")]
pub struct ChoicesPage {
    /// The page's frame.
    pub frame: Frame,
    /// The ways, in the order of the columns.
    pub ways: Vec<Way>,
    /// What there is to choose, a row each.
    pub topics: Vec<TopicRow>,
    /// How often mail comes.
    pub rhythms: Vec<FieldOption>,
    /// When they work: `always`, `calendar` or `own`.
    pub hours: &'static str,
    /// The calendars of the handbook.
    pub calendars: Vec<FieldOption>,
    /// Their own hours, from Monday: the day's name and what stands there, with what is wrong with it.
    pub days: Vec<DayRow>,
    /// What is wrong with the calendar.
    pub calendar_error: Option<String>,
    /// The zone in which their own hours are.
    pub zone: String,
    /// Whether a clock that ran out comes at once.
    pub breach_is_urgent: bool,
    /// Whether what is about urgent tickets comes at once.
    pub urgent_tickets: bool,
    /// Their own addresses of Slack and Discord.
    pub hooks: Vec<HookRow>,
    /// Those of teams, channels and roles; `None` for whoever may not keep them.
    pub shared: Option<Vec<HookRow>>,
    /// Whose an address can be, beside one's own.
    pub audiences: Vec<FieldOption>,
    /// What is wrong with an address.
    pub hook_error: Option<String>,
    /// What came of trying one: whether it went, and in words.
    pub tried: Option<(bool, String)>,
    /// Their browsers that notices are pushed to.
    pub push: PushPart,
    /// Why the last mail to them could not be sent.
    pub mail_failure: Option<String>,
    /// Whether nothing leaves this desk, for it cannot write links.
    pub stays_here: bool,
    /// Whether it was kept just now.
    pub done: bool,
}

/// An address that notices are put to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookRow {
    /// Its id.
    pub id: String,
    /// `Slack` or `Discord`.
    pub kind: String,
    /// Its host; the rest is a secret.
    pub host: String,
    /// Whose it is, where it is nobody's own.
    pub whose: String,
    /// Why the last notice could not be put there.
    pub error: Option<String>,
}

/// The browsers that notices are pushed to, and how it is turned on in this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushPart {
    /// What a browser binds itself to; none in a process that cannot push.
    pub key: Option<String>,
    /// Whose page it is, for the browser to remember.
    pub agent: String,
    /// The browsers.
    pub browsers: Vec<BrowserRow>,
    /// What came of trying or turning on: whether it went, and in words.
    pub said: Option<(bool, String)>,
}

/// A browser that notices are pushed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrowserRow {
    /// Its id.
    pub id: String,
    /// The browser in a few words; empty for one that is not known.
    pub device: String,
    /// The digest of its address, by which it knows itself.
    pub endpoint: String,
    /// When it was added.
    pub since: When,
    /// Why the last notice could not be pushed.
    pub error: Option<String>,
}

impl ChoicesPage {
    /// What is wrong in it, in words, each with where it is mended.
    #[must_use]
    pub fn problems(&self) -> Vec<(String, &str)> {
        let days = self.days.iter().enumerate();
        let days = days.filter_map(|(place, day)| Some((format!("#day-{place}"), day.error.as_deref()?)));
        let calendar = self.calendar_error.as_deref().map(|words| ("#calendar".to_owned(), words));
        let hook = self.hook_error.as_deref().map(|words| ("#hook-address".to_owned(), words));
        days.chain(calendar).chain(hook).collect()
    }
}

/// A way by which notices come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// Its name as it is posted.
    pub name: &'static str,
    /// What it is called.
    pub title: String,
}

/// What can be chosen about one topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicRow {
    /// Its name as it is posted.
    pub name: &'static str,
    /// What it is called.
    pub title: String,
    /// Of each way whether it is wanted, in the order of the columns.
    pub wanted: Vec<bool>,
}

/// The hours of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayRow {
    /// The day's name.
    pub title: String,
    /// The hours.
    pub hours: String,
    /// What is wrong with them.
    pub error: Option<String>,
}
