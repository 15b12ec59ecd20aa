//! The views on the left of a list, with how many tickets each holds.

use desk::Result;
use desk::mailboxes::watch;
use desk::rights::{self, Verb};
use desk::sendings::{self, HeldOf};
use desk::tickets::views::{self, Cut, Standing};
use desk::tickets::{self, COUNTED_MAX};
use store::Conn;

use super::fill_list::Words;
use super::list::{TicketList, View, ViewName, Views};
use crate::pages::visit::Visit;

/// The views of the desk in the rail, with what each is called there.
const STANDING: [(Standing, ViewName); 8] = [
    (Standing::Mine, ViewName::Mine),
    (Standing::Unassigned, ViewName::Unassigned),
    (Standing::Teams, ViewName::Teams),
    (Standing::Us, ViewName::Us),
    (Standing::Due, ViewName::Due),
    (Standing::Snoozed, ViewName::Snoozed),
    (Standing::Solved, ViewName::Solved),
    (Standing::All, ViewName::All),
];

/// Up to how many replies that are held back are counted.
const HELD_COUNTED: u32 = 99;

/// Whether the viewer has anything to see or do about mailboxes.
async fn shows_mailboxes(conn: &mut Conn, visit: &Visit) -> Result<bool> {
    let may_connect = rights::may(&visit.actor(), Verb::KeepMailboxes);
    Ok(may_connect || !watch::all(conn, visit.scope()?).await?.is_empty())
}

/// The views around a page that is none of tickets, at `shown`.
pub async fn around(visit: &Visit, words: &Words, shown: &str) -> Result<TicketList> {
    let views = views(visit, words, shown).await?;
    Ok(TicketList { views, ..TicketList::default() })
}

/// The views; `shown` is the address of the one that is shown.
pub async fn views(visit: &Visit, words: &Words, shown: &str) -> Result<Views> {
    let (asked, set_aside) = (visit.asked().await?, visit.set_aside().await?);
    let mut conn = visit.read().await?;
    let watches = shown == "/mailboxes" || shows_mailboxes(&mut conn, visit).await?;
    let mut rail = Rail::begin(shown);
    for (view, name) in STANDING {
        let is_counted = !matches!(view, Standing::Solved | Standing::All);
        rail.add(name, "view", view.as_str(), is_counted.then(|| view.cut()));
    }
    let standing = rail.views.len();
    for view in views::of(&mut conn, &visit.actor()).await? {
        let name = match view.team.as_deref() {
            Some(team) => ViewName::Shared(view.name, words.team(team)),
            None => ViewName::Own(view.name),
        };
        rail.add(name, "view", &view.id.to_string(), Some(view.cut));
    }
    let kept = rail.views.len();
    for team in words.handbook.desk.teams.keys() {
        let cut = Cut { team: Some(team.clone()), unfinished: true, ..Cut::default() };
        rail.add_unfinished(words.team(team), "team", team, cut);
    }
    let teams = rail.views.len();
    for (name, playbook) in &words.handbook.playbooks {
        let cut = Cut { playbook: Some(name.clone()), unfinished: true, ..Cut::default() };
        rail.add_unfinished(playbook.title().text(words.language).to_owned(), "playbook", name, cut);
    }
    let mut all = rail.counted(&mut conn, visit).await?;
    // One's own replies that do not leave by themselves any more.
    let held = match visit.actor().agent_id() {
        Some(me) => sendings::held(&mut conn, visit.scope()?, &HeldOf::Writer(me), HELD_COUNTED).await?.len(),
        None => 0,
    };
    drop(conn);
    let playbooks = all.split_off(teams);
    let teams = all.split_off(kept);
    let own = all.split_off(standing);
    let elsewhere = |name, href: &str, count| View { name, href: href.to_owned(), count, current: href == shown };
    let count = |some: i64| usize::try_from(some).ok().filter(|count| *count > 0);
    all.insert(0, elsewhere(ViewName::Today, "/today", None));
    if let Some(unread) = visit.unread().await? {
        all.insert(1, elsewhere(ViewName::Notices, "/notifications", count(unread)));
    }
    let third = all.len().min(if all.iter().any(|view| view.name == ViewName::Notices) { 3 } else { 2 });
    all.insert(third, elsewhere(ViewName::Questions, "/questions", count(asked)));
    all.insert(third + 1, elsewhere(ViewName::Sendings, "/sendings", (held > 0).then_some(held)));
    if rights::may(&visit.actor(), Verb::ReadPeople) {
        all.push(elsewhere(ViewName::Organizations, "/organizations", None));
        all.push(elsewhere(ViewName::Contacts, "/contacts", None));
    }
    all.push(elsewhere(ViewName::Workload, "/workload", None));
    if rights::may(&visit.actor(), Verb::ReadInsights) {
        all.push(elsewhere(ViewName::Insights, "/insights", None));
    }
    if rights::may(&visit.actor(), Verb::ReadHandbook) {
        all.push(elsewhere(ViewName::Handbook, "/handbook", None));
    }
    all.extend(watches.then(|| elsewhere(ViewName::Mailboxes, "/mailboxes", None)));
    all.extend(set_aside.map(|waiting| elsewhere(ViewName::Kept, "/kept", count(waiting))));
    Ok(Views { standing: all, own, teams, playbooks })
}

/// The views with what each is counted by.
struct Rail<'a> {
    shown: &'a str,
    views: Vec<View>,
    cuts: Vec<(usize, Cut)>,
}

impl<'a> Rail<'a> {
    fn begin(shown: &'a str) -> Self {
        Self { shown, views: Vec::new(), cuts: Vec::new() }
    }

    fn add(&mut self, name: ViewName, key: &str, value: &str, cut: Option<Cut>) {
        let href =
            format!("/tickets?{}", form_urlencoded::Serializer::new(String::new()).append_pair(key, value).finish());
        self.cuts.extend(cut.map(|cut| (self.views.len(), cut)));
        self.views.push(View { current: self.shown == href, name, href, count: None });
    }

    fn add_unfinished(&mut self, title: String, key: &str, value: &str, cut: Cut) {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let href = format!("/tickets?{}", query.append_pair(key, value).append_pair("status", "unfinished").finish());
        self.cuts.push((self.views.len(), cut));
        self.views.push(View { current: self.shown == href, name: ViewName::Titled(title), href, count: None });
    }

    /// The views with their counts, in one statement. What is of a person alone counts nothing for a program.
    async fn counted(mut self, conn: &mut Conn, visit: &Visit) -> Result<Vec<View>> {
        let (actor, now) = (visit.actor(), visit.app.desk.now());
        let (mut places, mut filters) = (Vec::new(), Vec::new());
        for (place, cut) in &self.cuts {
            match cut.filter(conn, &actor, now).await {
                Ok(filter) => {
                    places.push(*place);
                    filters.push(filter);
                }
                Err(error) if error.fields.is_empty() => return Err(error),
                Err(_) => {}
            }
        }
        let counts = tickets::counts(conn, visit.scope()?, &filters).await?;
        for (place, count) in places.into_iter().zip(counts) {
            if let Some(view) = self.views.get_mut(place) {
                view.count = usize::try_from(count).ok().filter(|count| *count > 0);
            }
        }
        Ok(self.views)
    }
}

/// From how many on a count is no longer exact.
pub const COUNTED: usize = COUNTED_MAX as usize;
