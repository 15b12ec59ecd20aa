//! What the palette offers a viewer.

use std::collections::BTreeMap;

use desk::agents::keys::{self, Keys};
use desk::page::Page;
use desk::rights::{Verb, may};
use desk::search::{self, Wanted};
use desk::tickets::{self, Filter};
use desk::words::fold;
use desk::{Result, agents, contacts, organizations};
use playbook::Status;
use store::Id;

use super::view::{Act, Group, Offer};
use crate::pages::frame::Frame;
use crate::pages::keys::{key_of, text_of};
use crate::pages::organizations::fill::organization_href;
use crate::pages::tickets::deeds::{PRIORITIES, priority_key};
use crate::pages::tickets::fill_deeds;
use crate::pages::tickets::fill_list::Words;
use crate::pages::tickets::fill_views;
use crate::pages::visit::Visit;

/// Of how many tickets the common choices are looked for.
const CHOICES_OF: usize = 20;
/// How many people, and how many tickets, are offered.
const FOUND: usize = 6;
/// How many organizations, and how many contacts, are offered.
const CLIENTS: u32 = 4;
/// How many of anything else are offered once something is typed.
const OFFERED: usize = 12;

/// The groups, in their order; `is_open` where the ticket is the one open on the page.
pub async fn groups(visit: &Visit, typed: &str, chosen: Vec<Id>, is_open: bool) -> Result<Vec<Group>> {
    let words = Words::of(visit).await?;
    let keys = match visit.actor().agent_id() {
        Some(agent) => keys::of(&mut visit.read().await?, agent).await?,
        None => Keys::default(),
    };
    let mut groups = Vec::new();
    let fits = |offers: Vec<Offer>| fitting(typed, offers);
    if !chosen.is_empty() && may(&visit.actor(), Verb::WorkOnTickets) {
        let mut offers = choices(visit, &words, &chosen, is_open).await?;
        offers.extend(deeds(visit, &words, &keys).await?);
        if is_open {
            offers.extend(writing(visit, &keys));
        }
        let title = match chosen.as_slice() {
            [one] => format!("#{}", number(visit, *one).await?),
            several => visit.texts.count("palette-selected", several.len()),
        };
        groups.push(Group { name: "deeds", title, options: fits(offers) });
    }
    groups.push(Group {
        name: "places",
        title: visit.texts.get("palette-places"),
        options: fits(places(visit, &words).await?),
    });
    if !typed.is_empty() {
        groups.push(Group {
            name: "tickets",
            title: visit.texts.get("palette-tickets"),
            options: found(visit, &words, typed).await?,
        });
        groups.push(Group {
            name: "clients",
            title: visit.texts.get("palette-clients"),
            options: clients(visit, typed).await?,
        });
        let people = fits(colleagues(visit).await?).into_iter().take(FOUND).collect();
        groups.push(Group { name: "people", title: visit.texts.get("palette-people"), options: people });
    }
    groups.retain(|group| !group.options.is_empty());
    Ok(groups)
}

/// Those of which every typed word begins a word, or is within it; a few only once something is typed.
fn fitting(typed: &str, offers: Vec<Offer>) -> Vec<Offer> {
    let wanted = fold::words(typed);
    let fits = |offer: &Offer| {
        let text = folded(&format!("{} {}", offer.label, offer.hint.as_deref().unwrap_or_default()));
        wanted.iter().all(|word| text.contains(word.as_str()))
    };
    let fitting = offers.into_iter().filter(fits);
    if wanted.is_empty() { fitting.collect() } else { fitting.take(OFFERED).collect() }
}

/// Without capitals and accents, as a search has it.
fn folded(text: &str) -> String {
    fold::words(text).join(" ")
}

async fn number(visit: &Visit, ticket: Id) -> Result<i64> {
    Ok(tickets::show(&mut visit.read().await?, visit.scope()?, ticket).await?.number)
}

/// The choices that all of them offer, those first that solve. On the open ticket its own buttons are pressed, which may ask something.
async fn choices(visit: &Visit, words: &Words, chosen: &[Id], is_open: bool) -> Result<Vec<Offer>> {
    if chosen.len() > CHOICES_OF {
        return Ok(Vec::new());
    }
    let mut common: BTreeMap<String, (bool, usize, Offer)> = BTreeMap::new();
    for (place, ticket) in chosen.iter().enumerate() {
        let mut conn = visit.read().await?;
        let Ok(view) = visit.app.desk.view(&mut conn, visit.scope()?, *ticket).await else { return Ok(Vec::new()) };
        drop(conn);
        let playbook = view.handbook.playbook(&view.ticket.playbook);
        let mut offered = BTreeMap::new();
        for (index, choice) in view.choices.iter().enumerate() {
            let leads_to = choice.leads_to.as_deref().and_then(|state| playbook?.standing(state));
            let solves = leads_to.as_ref().is_some_and(|state| matches!(state.status, Status::Solved | Status::Closed));
            let act = match is_open {
                true => Act::Press(format!("[data-choice=\"{}\"]", index + 1)),
                false if choice.available && choice.asks.iter().all(|ask| !ask.required) => {
                    let deed = format!("choose:{}", choice.name);
                    if solves { Act::Solve(deed) } else { Act::Do(deed) }
                }
                false => continue,
            };
            let offer = Offer {
                label: choice.label.text(words.language).to_owned(),
                hint: leads_to.map(|state| state.title.text(words.language).to_owned()),
                key: is_open.then(|| format!("c {}", index + 1)),
                act,
            };
            offered.insert(choice.name.clone(), (!solves, index, offer));
        }
        match place {
            0 => common = offered,
            _ => common.retain(|name, _| offered.contains_key(name)),
        }
    }
    let mut common: Vec<(bool, usize, Offer)> = common.into_values().collect();
    common.sort_by_key(|(no_end, index, _)| (*no_end && !is_open, *index));
    Ok(common.into_iter().map(|(_, _, offer)| offer).collect())
}

/// What can be done beside procedures.
async fn deeds(visit: &Visit, words: &Words, keys: &Keys) -> Result<Vec<Offer>> {
    let texts = visit.texts;
    let offer = |label: String, hint: Option<String>, act: String, key: Option<&str>| Offer {
        label,
        hint,
        key: key.map(|action| key_of(keys, action)).filter(|key| !key.is_empty()),
        act: Act::Do(act),
    };
    let mut offers = vec![offer(texts.get("palette-take"), None, "assign:me".to_owned(), Some("mine"))];
    for colleague in fill_deeds::others(&mut visit.read().await?, visit).await? {
        let label = texts.with("palette-assign", &[("who", &colleague.person.name)]);
        offers.push(offer(label, None, format!("assign:{}", colleague.id), None));
    }
    offers.push(offer(texts.get("palette-leave"), None, "assign:".to_owned(), None));
    for preset in fill_deeds::presets(&words.moments) {
        let label = texts.get(preset.key());
        let label = texts.with("palette-snooze", &[("until", &label)]);
        offers.push(offer(label, Some(preset.at.relative), format!("snooze:{}", preset.name), None));
    }
    offers.push(offer(texts.get("snooze-off"), None, "snooze:off".to_owned(), None));
    for priority in PRIORITIES {
        let label = texts.with("palette-priority", &[("priority", &texts.get(priority_key(priority)))]);
        offers.push(offer(label, None, format!("priority:{priority}"), None));
    }
    offers.push(offer(texts.get("deeds-read"), None, "read".to_owned(), None));
    offers.push(offer(texts.get("deeds-unread"), None, "unread".to_owned(), Some("unread")));
    Ok(offers)
}

/// The composer, the panes and the menus of the open ticket.
fn writing(visit: &Visit, keys: &Keys) -> Vec<Offer> {
    let press = |action: &str, selector: &str| Offer {
        label: visit.texts.get(text_of(action)),
        hint: None,
        key: Some(key_of(keys, action)).filter(|key| !key.is_empty()),
        act: Act::Press(selector.to_owned()),
    };
    let menu = |text: &str, selector: &str| pressed(visit.texts.get(text), selector);
    vec![
        press("reply", "[name=\"kind\"][value=\"reply\"]"),
        press("note", "[name=\"kind\"][value=\"note\"]"),
        press("context", "[data-drawer=\"open\"]"),
        menu("palette-tag", ".ticket__deeds [name=\"tag\"]"),
        menu("palette-merge", ".more form[action$=\"/merge\"] [name=\"number\"]"),
        menu("palette-link", ".more form[action$=\"/related\"] [name=\"number\"]"),
        menu("palette-follow", ".more [name=\"follows\"]"),
    ]
}

/// An offer to press what stands on the page.
fn pressed(label: String, selector: &str) -> Offer {
    Offer { label, hint: None, key: None, act: Act::Press(selector.to_owned()) }
}

/// What the viewer sets for themselves, and a new ticket.
fn settings(visit: &Visit, frame: &Frame) -> Vec<Offer> {
    let texts = visit.texts;
    let hint = || Some(texts.get("palette-settings"));
    let go = |label: &str, hint: Option<String>, href: &str| Offer {
        label: texts.get(label),
        hint,
        key: None,
        act: Act::Go(href.to_owned()),
    };
    let mut offers = Vec::new();
    if frame.works {
        offers.push(go("opening-title", None, "/tickets/new"));
    }
    if frame.session {
        offers.push(go("account-title", hint(), "/account"));
    }
    offers.push(Offer { hint: hint(), ..pressed(texts.get("palette-theme"), ".js-theme button") });
    for other in frame.other_languages() {
        let label = texts.with("palette-language", &[("language", &other.get("language-name"))]);
        let selector = format!("form[action=\"/language\"] [value=\"{}\"]", other.tag());
        offers.push(Offer { hint: hint(), ..pressed(label, &selector) });
    }
    offers
}

/// The views and rooms that the viewer has.
async fn places(visit: &Visit, words: &Words) -> Result<Vec<Offer>> {
    let frame = visit.frame(crate::pages::frame::Section::Elsewhere).await?;
    let views = fill_views::views(visit, words, "").await?;
    let groups = [
        (views.standing, None),
        (views.own, Some("views-own")),
        (views.teams, Some("views-teams")),
        (views.playbooks, Some("views-playbooks")),
    ];
    let mut offers = Vec::new();
    for (views, group) in groups {
        for view in views {
            let hint = group.map(|key| visit.texts.get(key));
            offers.push(Offer { label: view.title(&frame), hint, key: None, act: Act::Go(view.href) });
        }
    }
    offers.push(Offer {
        label: visit.texts.get("keys-title"),
        hint: None,
        key: None,
        act: Act::Go("/keys".to_owned()),
    });
    if frame.unread.is_some() {
        let label = visit.texts.get("choices-title");
        offers.push(Offer { label, hint: None, key: None, act: Act::Go("/notifications/choices".to_owned()) });
    }
    offers.extend(settings(visit, &frame));
    if frame.people {
        let label = visit.texts.get("people-title");
        offers.push(Offer { label, hint: None, key: None, act: Act::Go("/people".to_owned()) });
    }
    Ok(offers)
}

/// A colleague's tickets.
async fn colleagues(visit: &Visit) -> Result<Vec<Offer>> {
    let agents = agents::all(&mut visit.read().await?).await?;
    let offer = |agent: agents::Agent| Offer {
        label: agent.name,
        hint: Some(visit.texts.get("palette-their-tickets")),
        key: None,
        act: Act::Go(format!("/tickets?assignee={}&status=unfinished", agent.id)),
    };
    Ok(agents.into_iter().map(offer).collect())
}

/// Organizations and contacts that hold the words.
async fn clients(visit: &Visit, typed: &str) -> Result<Vec<Offer>> {
    if !may(&visit.actor(), Verb::ReadPeople) {
        return Ok(Vec::new());
    }
    let mut conn = visit.read().await?;
    let words = Some(typed.to_owned());
    let filter = organizations::Filter { words: words.clone(), plan: None };
    let companies = organizations::list(&mut conn, &filter, None, CLIENTS).await?.items;
    let people = contacts::Filter { words, organization: None };
    let people = contacts::list(&mut conn, &people, None, CLIENTS).await?.items;
    let company = |found: organizations::Organization| Offer {
        hint: Some(visit.texts.get("context-organization")),
        key: None,
        act: Act::Go(organization_href(&found.key)),
        label: found.name,
    };
    let person = |found: contacts::Listed| Offer {
        label: found.contact.label().to_owned(),
        hint: found.organization.map(|(_, name)| name).or(found.contact.address),
        key: None,
        act: Act::Go(format!("/contacts/{}", found.contact.id)),
    };
    Ok(companies.into_iter().map(company).chain(people.into_iter().map(person)).collect())
}

/// Tickets by number, or that hold the words.
async fn found(visit: &Visit, words: &Words, typed: &str) -> Result<Vec<Offer>> {
    let scope = visit.scope()?;
    let mut conn = visit.read().await?;
    let mut found = Vec::new();
    if let Ok(number) = typed.trim_start_matches('#').parse::<i64>() {
        found.extend(tickets::show_by_number(&mut conn, scope, number).await.ok());
    } else if let Ok(wanted) = Wanted::read(typed)
        && let Ok(among) = search::tickets(
            &visit.app.desk.ground,
            &mut conn,
            &visit.actor(),
            &wanted,
            words.moments.here().time_zone(),
            FOUND,
        )
        .await
    {
        let filter = Filter { among: Some(among), ..Filter::default() };
        let page = Page { after: None, limit: FOUND as u32 };
        let listed = tickets::list(&mut conn, scope, &filter, page).await?;
        found.extend(listed.items.into_iter().map(|row| row.ticket));
    }
    let offer = |ticket: tickets::Ticket| Offer {
        label: format!("#{} {}", ticket.number, ticket.subject),
        hint: Some(words.state(&ticket.playbook, &ticket.state)),
        key: None,
        act: Act::Go(format!("/tickets/{}", ticket.id)),
    };
    Ok(found.into_iter().map(offer).collect())
}
