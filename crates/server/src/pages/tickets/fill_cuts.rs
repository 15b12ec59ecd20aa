//! What a list is cut by: in words, each with the list that is left without it, and as a form.

use desk::tickets::views::{Cut, Whose};
use desk::tickets::{Order, Priority};
use desk::{Result, agents, contacts, organizations};
use playbook::Status;
use store::{Conn, Id};

use super::asked::{Asked, written};
use super::cuts::{CutChip, Filters, Restore, Select};
use super::deeds::priority_key;
use super::fill_list::Words;
use crate::pages::field::FieldOption;
use crate::pages::visit::Visit;

/// The names of cuts in the order in which they are said, each with the text that says what it is about.
const NAMES: [(&str, &str); 15] = [
    ("team", "cut-name-team"),
    ("playbook", "cut-name-playbook"),
    ("assignee", "cut-name-assignee"),
    ("component", "cut-name-component"),
    ("status", "cut-name-status"),
    ("priority", "cut-name-priority"),
    ("tag", "cut-name-tag"),
    ("clock", "cut-name-clock"),
    ("quiet", "cut-name-quiet"),
    ("organization", "cut-name-organization"),
    ("requester", "cut-name-requester"),
    ("waiting_on", "cut-name-waiting"),
    ("state", "cut-name-state"),
    ("due", "cut-name-due"),
    ("snoozed", "cut-name-snoozed"),
];

/// What a form of filters asks for; what else a list is cut by goes along unseen.
const ASKED: [&str; 8] = ["status", "assignee", "team", "waiting_on", "priority", "playbook", "tag", "clock"];

/// What a list is cut by, each with the list that is left without it.
pub(super) async fn chips(conn: &mut Conn, visit: &Visit, words: &Words, asked: &Asked) -> Result<Vec<CutChip>> {
    let pairs = asked.cut.pairs();
    let mut chips = Vec::new();
    for (name, title) in NAMES {
        let Some(value) = pairs.get(name) else { continue };
        let rest = pairs.iter().filter(|(other, _)| **other != name).map(|(name, value)| (*name, value.as_str()));
        let sort = (asked.order != Order::default()).then(|| ("sort", asked.order.as_str()));
        let rest: Vec<(&str, &str)> = rest.chain(sort).collect();
        chips.push(CutChip {
            name,
            title: visit.texts.get(title),
            value: in_words(conn, visit, words, &asked.cut, name, value).await?,
            without: format!("/tickets{}", written(&rest)),
        });
    }
    Ok(chips)
}

/// A value of a cut as it is read.
async fn in_words(conn: &mut Conn, visit: &Visit, words: &Words, cut: &Cut, name: &str, value: &str) -> Result<String> {
    let texts = visit.texts;
    let id = || value.parse::<Id>().ok();
    Ok(match name {
        "team" if cut.my_teams => texts.get("view-teams"),
        "team" => words.team(value),
        "playbook" => playbook(words, value),
        "assignee" => match cut.whose {
            Some(Whose::Of(id)) => agents::find(conn, id).await?.map_or_else(|| value.to_owned(), |agent| agent.name),
            Some(Whose::Mine) => visit.actor().name().to_owned(),
            Some(Whose::Nobodys) | None => texts.get("nobody"),
        },
        "status" if cut.unfinished => texts.get("cut-unfinished"),
        "status" => texts.get(&format!("status-{value}")),
        "priority" => texts.get(priority_key(value)),
        "clock" => texts.get("cut-clock"),
        "due" => texts.get("cut-due"),
        "quiet" => texts.count("cut-quiet", usize::from(cut.quiet.unwrap_or_default())),
        "organization" => match id() {
            Some(id) => organizations::find(conn, id).await?.map_or_else(|| value.to_owned(), |found| found.name),
            None => value.to_owned(),
        },
        "requester" => match id() {
            Some(id) => {
                contacts::find(conn, id).await?.and_then(|found| found.name).unwrap_or_else(|| value.to_owned())
            }
            None => value.to_owned(),
        },
        "waiting_on" => waiting(visit, value),
        "snoozed" => texts.get(if cut.snoozed == Some(true) { "view-snoozed" } else { "cut-not-snoozed" }),
        _ => value.to_owned(),
    })
}

fn playbook(words: &Words, name: &str) -> String {
    let playbook = words.handbook.playbook(name);
    playbook.map_or_else(|| name.to_owned(), |playbook| playbook.title().text(words.language).to_owned())
}

fn waiting(visit: &Visit, value: &str) -> String {
    match value {
        "us" => visit.texts.get("waiting-on-us"),
        "requester" => visit.texts.get("waiting-on-client"),
        "third_party" => visit.texts.get("waiting-on-other"),
        party => party.to_owned(),
    }
}

/// The title of a list that no view is: what it is cut by, less what every inbox is.
pub(super) fn title(cut: &Cut, chips: &[CutChip]) -> Option<String> {
    let is_said = |chip: &&CutChip| match chip.name {
        "status" => !cut.unfinished,
        "snoozed" => cut.snoozed == Some(true),
        _ => true,
    };
    let parts: Vec<&str> = chips.iter().filter(is_said).map(|chip| chip.value.as_str()).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// The filters of the list as a form, with what is chosen.
pub(super) fn filters(visit: &Visit, words: &Words, asked: &Asked, chips: &[CutChip]) -> Filters {
    let texts = visit.texts;
    let pairs = asked.cut.pairs();
    let select = |name: &'static str, title: &'static str, options: Vec<(String, String)>| {
        let chosen = pairs.get(name).map(String::as_str).unwrap_or_default();
        let mut all = vec![(String::new(), texts.get("filter-any"))];
        all.extend(options);
        // What was chosen elsewhere stays one of them.
        if !all.iter().any(|(value, _)| value == chosen) {
            let said = chips.iter().find(|chip| chip.name == name).map(|chip| chip.value.clone());
            all.push((chosen.to_owned(), said.unwrap_or_else(|| chosen.to_owned())));
        }
        let option = |(value, label): (String, String)| FieldOption { chosen: value == chosen, value, label };
        Select { name, title: texts.get(title), options: all.into_iter().map(option).collect() }
    };
    let status = [Status::Open, Status::Pending, Status::Solved, Status::Closed].map(Status::as_str);
    let status = status.map(|word| (word.to_owned(), texts.get(&format!("status-{word}"))));
    let unfinished = ("unfinished".to_owned(), texts.get("cut-unfinished"));
    let mine = visit.actor().agent_id().map(|_| ("me".to_owned(), texts.get("filter-me")));
    let nobody = ("none".to_owned(), texts.get("nobody"));
    let my_teams = visit.actor().agent_id().map(|_| ("mine".to_owned(), texts.get("view-teams")));
    let teams = words.handbook.desk.teams.keys().map(|team| (team.clone(), words.team(team)));
    let waits = ["us", "requester", "third_party"].map(|on| (on.to_owned(), waiting(visit, on)));
    let priorities = [Priority::Urgent, Priority::High, Priority::Normal, Priority::Low].map(Priority::as_str);
    let priorities = priorities.map(|word| (word.to_owned(), texts.get(priority_key(word))));
    let playbooks = words.handbook.playbooks.keys().map(|name| (name.clone(), playbook(words, name)));
    let unseen = pairs.iter().filter(|(name, _)| !ASKED.contains(name));
    let sort = (asked.order != Order::default()).then(|| ("sort".to_owned(), asked.order.as_str().to_owned()));
    Filters {
        selects: vec![
            select("status", "cut-name-status", [unfinished].into_iter().chain(status).collect()),
            select("assignee", "cut-name-assignee", mine.into_iter().chain([nobody]).collect()),
            select("team", "cut-name-team", my_teams.into_iter().chain(teams).collect()),
            select("waiting_on", "cut-name-waiting", waits.to_vec()),
            select("priority", "cut-name-priority", priorities.to_vec()),
            select("playbook", "cut-name-playbook", playbooks.collect()),
        ],
        tag: asked.cut.tag.clone().unwrap_or_default(),
        clock: asked.cut.clock_soon,
        unseen: unseen.map(|(name, value)| ((*name).to_owned(), value.clone())).chain(sort).collect(),
    }
}

/// The view that was just removed, as the page's address tells of it, where it can be brought back.
pub(super) fn restore(visit: &Visit, asked: &Asked) -> Option<Restore> {
    let removed = asked.removed.as_ref().filter(|_| visit.actor().agent_id().is_some())?;
    let [name, list, team] = removed.clone();
    let is_name = !name.is_empty() && name.chars().count() <= desk::tickets::views::NAME_MAX;
    is_name.then_some(Restore { name, list, team })
}

/// Whether a form of filters left this out.
pub(super) fn is_left_out(name: &str, value: &str) -> bool {
    value.is_empty() && ASKED.contains(&name)
}
