//! The menus over a selection and over one ticket, as a viewer has them.

use desk::agents::{self, Agent};
use desk::runs::view::TicketView;
use desk::{Result, Role};
use jiff::civil::{Time, Weekday};
use jiff::{Timestamp, Zoned};
use store::Conn;

use super::deeds::{Deeds, Preset};
use super::fill_beside::in_an_hour;
use super::owner::Colleague;
use crate::pages::moments::Moments;
use crate::pages::person::Person;
use crate::pages::visit::Visit;

/// The hour at which a day begins for those who put something off.
const MORNING: i8 = 9;

/// The menus over a selection.
pub fn of_selection(moments: &Moments, back: &str) -> Deeds {
    Deeds { prefix: "bulk".to_owned(), snoozes: presets(moments), back: back.to_owned(), ..Deeds::default() }
}

/// The viewer, when tickets can be given to them.
pub async fn me(conn: &mut Conn, visit: &Visit) -> Result<Option<Colleague>> {
    match visit.actor().agent_id() {
        Some(me) => Ok(agents::find_active(conn, me).await?.filter(takes_tickets).map(|me| colleague(&me))),
        None => Ok(None),
    }
}

/// Everybody else whom tickets can be given to.
pub async fn others(conn: &mut Conn, visit: &Visit) -> Result<Vec<Colleague>> {
    let me = visit.actor().agent_id();
    let all = agents::all(conn).await?;
    Ok(all.iter().filter(|agent| takes_tickets(agent) && Some(agent.id) != me).map(colleague).collect())
}

fn takes_tickets(agent: &Agent) -> bool {
    agent.role != Role::Collaborator
}

fn colleague(agent: &Agent) -> Colleague {
    Colleague { id: agent.id.to_string(), person: Person::new(&agent.name, &agent.address), chosen: false }
}

/// The menus over one ticket.
pub fn of_ticket(moments: &Moments, view: &TicketView, back: &str) -> Deeds {
    Deeds {
        prefix: format!("ticket-{}", view.ticket.id),
        ticket: Some(view.ticket.id.to_string()),
        priority: Some(view.ticket.priority.as_str()),
        tags: view.tags.clone(),
        snoozed: view.ticket.snoozed_until.map(|until| moments.point(until)),
        snoozes: presets(moments),
        back: back.to_owned(),
    }
}

/// The times that are proposed, in the viewer's zone, each once: on a Sunday tomorrow is Monday.
pub fn presets(moments: &Moments) -> Vec<Preset> {
    let names = ["hour", "tomorrow", "monday", "week"];
    let preset = |name| Some(Preset { name, at: moments.point(instant(moments, name)?) });
    let mut presets: Vec<Preset> = names.into_iter().filter_map(preset).collect();
    presets.dedup_by(|later, earlier| later.at == earlier.at);
    presets
}

/// The instant of a time that is proposed; `None` where there is none of that name.
pub fn instant(moments: &Moments, name: &str) -> Option<Timestamp> {
    let now = moments.here();
    let morning = |day: &Zoned| day.with().time(Time::constant(MORNING, 0, 0, 0)).build().ok();
    let days = |count: i64| now.checked_add(jiff::Span::new().days(count)).ok();
    let at = match name {
        "hour" => return in_an_hour(moments.now()),
        "tomorrow" => morning(&days(1)?)?,
        "monday" => morning(&now.nth_weekday(1, Weekday::Monday).ok()?)?,
        "week" => morning(&days(7)?)?,
        _ => return None,
    };
    Some(at.timestamp())
}

/// A date and time as a control of a page gives it (`2026-11-23T09:00`), in the viewer's zone.
pub fn written(moments: &Moments, text: &str) -> Option<Timestamp> {
    let at: jiff::civil::DateTime = text.parse().ok()?;
    Some(at.to_zoned(moments.zone().clone()).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::texts::Texts;

    #[test]
    fn what_is_put_off_comes_back_in_the_morning_of_whoever_put_it_off() {
        let zone = TimeZone::get("Europe/Lisbon").unwrap();
        // A Friday evening in summer.
        let moments = Moments::new(Texts::for_language("en"), zone, "2026-07-03T18:20:00Z".parse().unwrap());
        let at = |name| instant(&moments, name).unwrap().to_string();
        assert_eq!(at("hour"), "2026-07-03T19:20:00Z");
        assert_eq!(at("tomorrow"), "2026-07-04T08:00:00Z");
        assert_eq!(at("monday"), "2026-07-06T08:00:00Z");
        assert_eq!(at("week"), "2026-07-10T08:00:00Z");
        assert_eq!(instant(&moments, "never"), None);
        assert_eq!(written(&moments, "2026-12-01T07:30").unwrap().to_string(), "2026-12-01T07:30:00Z");
        assert_eq!(written(&moments, "soon"), None);
        assert_eq!(presets(&moments).len(), 4);
        let sunday = Moments::new(
            Texts::for_language("en"),
            moments.here().time_zone().clone(),
            "2026-07-05T18:20:00Z".parse().unwrap(),
        );
        let names: Vec<&str> = presets(&sunday).into_iter().map(|preset| preset.name).collect();
        assert_eq!(names, ["hour", "tomorrow", "week"], "tomorrow is Monday");
    }
}
