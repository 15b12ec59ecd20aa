//! Figures of a few tickets, each counted by hand.

use desk::agents::NewAgent;
use desk::handle::{AddAgent, Command};
use desk::insights::span::Recent;
use desk::insights::{self, Figures, FirstAnswer, Grain, Insights, Volume};
use desk::{Actor, Desk, Role};
use jiff::civil::date;
use playbook::Files;
use store::recording::{Asked, Statement};
use store::{Engine, Id, Query, sql};

use super::open::{agent, on_each_database, on_each_database_with, without_stories};
use super::{
    HOUR, MARIA, RUI, asked, chose, counts, figures, lead, merged, replied, unmerged, until, wrote, wrote_again,
};

/// Three days of November. Maria's first ticket is answered after two hours, asked about again, solved, comes back and is closed; Rui's is
/// answered after a day, and the word at the end of the working day that it takes longer is no answer; Maria's second one is merged
/// with her third, which nobody answers.
async fn three_days(desk: &Desk) -> [Id; 4] {
    let (first, ruis) = (wrote(desk, MARIA, "one").await, wrote(desk, RUI, "two").await);
    until(desk, "2026-11-17T11:00:00Z").await;
    assert!(replied(desk, first).await);
    until(desk, "2026-11-18T09:00:00Z").await;
    assert!(replied(desk, ruis).await);
    until(desk, "2026-11-18T11:00:00Z").await;
    wrote_again(desk, MARIA, "one", 1).await;
    until(desk, "2026-11-18T12:00:00Z").await;
    assert!(chose(desk, first, "solve").await);
    until(desk, "2026-11-19T10:00:00Z").await;
    let (third, merging) = (wrote(desk, MARIA, "three").await, wrote(desk, MARIA, "four").await);
    until(desk, "2026-11-19T11:00:00Z").await;
    assert!(merged(desk, merging, third).await);
    until(desk, "2026-11-19T12:00:00Z").await;
    wrote_again(desk, MARIA, "one", 2).await;
    until(desk, "2026-11-19T13:00:00Z").await;
    assert!(chose(desk, first, "close").await);
    until(desk, "2026-11-19T15:00:00Z").await;
    [first, ruis, third, merging]
}

fn answer(median: i64, ninetieth: i64) -> Option<FirstAnswer> {
    Some(FirstAnswer { median: median * HOUR, ninetieth: ninetieth * HOUR })
}

fn volumes(insights: &Insights) -> Vec<[i64; 4]> {
    insights
        .parts
        .iter()
        .map(|Volume { opened, closed, reopened, open, .. }| [*opened, *closed, *reopened, *open])
        .collect()
}

#[tokio::test]
async fn every_figure_of_three_days_is_as_it_is_counted_by_hand() {
    on_each_database(async |desk| {
        let [.., merging] = three_days(&desk).await;
        let all = figures(&desk, &asked("2026-11-17", "2026-11-19", "Europe/Lisbon")).await;
        assert_eq!((all.grain, all.is_partial), (Grain::Day, false));
        assert_eq!(volumes(&all), [[2, 0, 0, 2], [0, 1, 0, 1], [1, 1, 1, 2]]);
        // On us: 2 + 1 + 1 hours of the first, 24 of Rui's, 5 of the third. On them: 24 of the first, 30 of Rui's.
        assert_eq!(counts(&all.total.now), ([3, 2, 1, 2, 2], [33, 54]));
        assert_eq!(all.total.now.first_answer, answer(13, 24));
        assert_eq!(all.total.before, Figures::default());

        let named: Vec<_> =
            all.organizations.iter().map(|line| line.key.as_ref().map(|known| known.name.as_str())).collect();
        assert_eq!(named, [Some("Acme"), None], "the most opened first");
        assert_eq!(counts(&all.organizations[0].figures.now), ([2, 2, 1, 1, 1], [9, 24]));
        assert_eq!(all.organizations[0].figures.now.first_answer, answer(2, 2));
        assert_eq!(counts(&all.organizations[1].figures.now), ([1, 0, 0, 1, 1], [24, 30]));
        assert_eq!((all.teams.len(), all.teams[0].key.as_deref()), (1, Some("support")));
        assert_eq!((all.playbooks.len(), all.playbooks[0].key.as_str()), (1, "general-request"));
        assert_eq!((&all.teams[0].figures, &all.playbooks[0].figures), (&all.total, &all.total));

        assert!(unmerged(&desk, merging).await);
        let apart = figures(&desk, &asked("2026-11-17", "2026-11-19", "Europe/Lisbon")).await;
        assert_eq!(counts(&apart.total.now), ([4, 2, 1, 3, 2], [38, 54]), "as if it had never been merged");
    })
    .await;
}

#[tokio::test]
async fn a_day_stands_beside_the_day_before_and_ends_where_the_viewer_is() {
    on_each_database(async |desk| {
        three_days(&desk).await;
        let day = figures(&desk, &asked("2026-11-19", "2026-11-19", "Europe/Lisbon")).await;
        assert_eq!(counts(&day.total.now), ([1, 1, 1, 2, 0], [6, 15]));
        assert_eq!(counts(&day.total.before), ([0, 1, 0, 1, 1], [10, 26]));
        assert_eq!((day.total.now.first_answer, day.total.before.first_answer), (None, answer(24, 24)));
        // Days that are over, with days after them: the same, whatever came since.
        let past = figures(&desk, &asked("2026-11-18", "2026-11-18", "Europe/Lisbon")).await;
        assert_eq!(past.total.now, day.total.before);
        assert_eq!(counts(&past.total.before), ([2, 0, 0, 2, 1], [17, 13]));
        // In Auckland the first ticket comes back on the 20th, at one in the morning, and the day has five hours so far.
        let far = figures(&desk, &asked("2026-11-20", "2026-11-20", "Pacific/Auckland")).await;
        assert_eq!(counts(&far.total.now), ([0, 1, 1, 2, 0], [5, 4]));
        let to_come = figures(&desk, &asked("2026-12-01", "2026-12-03", "Europe/Lisbon")).await;
        assert_eq!(counts(&to_come.total.now), ([0, 0, 0, 2, 0], [0, 0]), "no time has passed there");
    })
    .await;
}

#[tokio::test]
async fn figures_can_be_of_one_organization_alone_and_what_fits_nothing_is_nothing() {
    on_each_database(async |desk| {
        three_days(&desk).await;
        let days = || asked("2026-11-17", "2026-11-19", "Europe/Lisbon");
        let acme = figures(&desk, &days()).await.organizations[0].clone();
        let organization = acme.key.map(|known| known.id);
        let alone = figures(&desk, &insights::Asked { organization, team: Some("support".to_owned()), ..days() }).await;
        assert_eq!((&alone.total, alone.organizations.len()), (&acme.figures, 1));
        assert_eq!(volumes(&alone), [[1, 0, 0, 1], [0, 1, 0, 0], [1, 1, 1, 1]]);
        for asked in [
            insights::Asked { team: Some("nobody".to_owned()), ..days() },
            insights::Asked { playbook: Some("access-grant".to_owned()), ..days() },
        ] {
            let none = figures(&desk, &asked).await;
            assert!(none.total.now.is_nothing() && none.playbooks.is_empty());
        }
    })
    .await;
}

/// One choice takes a ticket to another playbook and team.
fn switching() -> Files {
    let mut files = without_stories();
    let general = "language: 1\nplaybook: general-request\ntitle: Request\nteam: support\nopens: [ mail, api ]\ninitial: a\nstates:\n\
        \x20 a: { after: { 9 days: b }, choices: { move: { label: Move, switch: special } } }\n  b: { type: final }\n";
    let special = "language: 1\nplaybook: special\ntitle: Special\nteam: customer-solutions\nopens: [ hand ]\ninitial: first\nstates:\n\
        \x20 first: { waiting_on: requester, after: { 3h: over } }\n  over: { type: final }\n";
    files.insert("playbooks/general-request.yaml", general);
    files.insert("playbooks/special.yaml", special);
    files
}

#[tokio::test]
async fn what_goes_on_in_another_playbook_is_counted_there_from_then_on() {
    on_each_database_with(Some(switching()), async |desk| {
        let id = wrote(&desk, MARIA, "one").await;
        until(&desk, "2026-11-17T11:00:00Z").await;
        assert!(chose(&desk, id, "move").await);
        until(&desk, "2026-11-17T18:00:00Z").await;
        let day = figures(&desk, &asked("2026-11-17", "2026-11-17", "UTC")).await;
        assert_eq!(counts(&day.total.now), ([1, 1, 0, 0, 0], [2, 3]));
        let playbook = |name: &str| {
            let line = day.playbooks.iter().find(|line| line.key == name).unwrap();
            counts(&line.figures.now)
        };
        assert_eq!(playbook("general-request"), ([1, 0, 0, 0, 0], [2, 0]), "opened here, and waited here on us");
        assert_eq!(playbook("special"), ([0, 1, 0, 0, 0], [0, 3]));
        let teams: Vec<_> = day.teams.iter().map(|line| line.key.as_deref().unwrap()).collect();
        assert_eq!(teams, ["support", "customer-solutions"]);
    })
    .await;
}

#[tokio::test]
async fn a_clock_that_was_put_back_makes_no_time_negative() {
    on_each_database(async |desk| {
        until(&desk, "2026-11-17T12:00:00Z").await;
        let id = wrote(&desk, MARIA, "one").await;
        desk.ground.clock.set("2026-11-17T11:00:00Z".parse().unwrap());
        assert!(replied(&desk, id).await);
        desk.ground.clock.set("2026-11-17T10:00:00Z".parse().unwrap());
        assert!(chose(&desk, id, "solve").await);
        let day = figures(&desk, &asked("2026-11-17", "2026-11-17", "UTC")).await;
        assert_eq!(counts(&day.total.now), ([1, 1, 0, 0, 1], [0, 0]));
        assert_eq!(day.total.now.first_answer, answer(0, 0));
        until(&desk, "2026-11-17T15:00:00Z").await;
        let day = figures(&desk, &asked("2026-11-17", "2026-11-17", "UTC")).await;
        assert_eq!(counts(&day.total.now), ([1, 1, 0, 0, 1], [0, 0]));
    })
    .await;
}

#[tokio::test]
async fn a_look_reads_the_turns_of_its_days_alone_by_their_index() {
    on_each_database(async |desk| {
        three_days(&desk).await;
        let recording = desk.ground.db.record();
        figures(&desk, &asked("2026-11-18", "2026-11-18", "UTC")).await;
        let turns = |asked: &Asked| matches!(asked, Asked::Alone(one) if text(one).contains("ticket_turns"));
        let told: Vec<Asked> = recording.take().into_iter().filter(turns).collect();
        let [Asked::Alone(look)] = told.as_slice() else { panic!("{told:?}") };
        if desk.ground.db.engine() == Engine::Postgres {
            return; // It reads so small a table as a whole.
        }
        let explaining =
            look.query.values().iter().cloned().fold(sql(format!("EXPLAIN QUERY PLAN {}", text(look))), Query::bind);
        let plan = explaining.all(&mut desk.read().await.unwrap()).await.unwrap();
        let plan: Vec<String> = plan.iter().map(|row| row.get("detail").unwrap()).collect();
        let of_turns: Vec<&String> = plan.iter().filter(|line| line.contains("ticket_turns")).collect();
        assert_eq!(of_turns.len(), 2, "{plan:?}");
        assert!(of_turns.iter().all(|line| line.contains("COVERING INDEX ticket_turns_in_time (at>?")), "{plan:?}");
        assert!(plan.iter().any(|line| line.contains("COVERING INDEX ticket_facts_waiting")), "{plan:?}");
    })
    .await;
}

fn text(statement: &Statement) -> String {
    statement.query.text_for(Engine::Sqlite).as_str().to_owned()
}

#[tokio::test]
async fn leads_and_owners_look_at_figures_and_nobody_else_does() {
    on_each_database(async |desk| {
        let lea =
            NewAgent { name: "Lea".into(), address: "lea@desk.example".into(), role: Role::Lead, teams: Vec::new() };
        desk.handle(&Actor::Desk, Command::AddAgent(AddAgent(lea))).await.unwrap();
        let days = insights::Asked {
            span: Recent::Week.until(date(2026, 11, 17)).unwrap(),
            ..asked("2026-11-17", "2026-11-17", "UTC")
        };
        let conn = &mut desk.read().await.unwrap();
        for actor in [lead(), agent(&desk, "Lea").await] {
            assert!(insights::of(conn, &actor, &days, desk.now()).await.is_ok());
        }
        let narrow = Actor::Agent { id: Id(1), name: "N".to_owned(), role: Role::Collaborator };
        for actor in [agent(&desk, "Ana").await, narrow, Actor::Outside] {
            assert_eq!(insights::of(conn, &actor, &days, desk.now()).await.unwrap_err().code, "forbidden");
        }
    })
    .await;
}
