//! Searches among many messages: the desk's, beside the bare index's own statement and beside the desk's own statements, each over the
//! bare driver.

use desk::ground::Ground;
use desk::search::{self, Hit, Wanted};
use desk::words::Index;
use desk::{Actor, Role};
use jiff::tz::TimeZone;
use store::{Db, Id, sql};

use crate::Result;
use crate::bare::Bare;
use crate::place::{Opened, Place};
use crate::replay::Script;
use crate::report::{Report, Row};
use crate::samples::Samples;
use crate::seed;

/// How often each question is asked in a run.
const ASKED: usize = 100;
/// How many are shown on a page.
const SHOWN: u32 = 30;
/// How many messages a ticket has.
const EACH: i64 = 5;

/// What is asked, and what the bare index is asked for in its place: the words, where nothing else is asked.
const QUESTIONS: [(&str, &str, &[&[&str]]); 9] = [
    ("a word that every message has", "hello ", &[&["hello"]]),
    ("one that one of 40 has", "w7 ", &[&["w7"]]),
    ("one that one of 10,000 has", "zebra ", &[&["zebra"]]),
    ("two words", "hello w7 ", &[&["hello"], &["w7"]]),
    ("three words behind each other", "\"the first page\"", &[&["the", "first", "page"]]),
    ("a word on open tickets", "is:open hello ", &[]),
    ("a word on a person's tickets", "from:person7@seeded.example hello ", &[]),
    ("a seldom word on a person's tickets", "from:person7@seeded.example w7 ", &[]),
    ("a person's open tickets", "is:open from:person49@seeded.example", &[]),
];

/// Measures and prints, with that many messages, which the planner was let look at or not.
pub async fn measure(place: &Place, (messages, analyzed): (i64, bool), runs: usize, report: &Report) -> Result<()> {
    let opened = place.desk().await?;
    seed::years(&opened.desk, messages / EACH).await?;
    seed::messages(&opened.desk, messages / EACH, messages).await?;
    report.remark(&format!("{messages} messages on {}", place.name()));
    let meter = opened.meter().await?;
    let mut driver = Bare::connect(&opened.location).await?;
    if analyzed {
        driver.analyze().await?;
    }
    for (name, text, words) in QUESTIONS {
        let wanted = Wanted::read(text)?;
        let own = own(&opened, &wanted).await?;
        // No index knows what the operators ask for.
        let index = match words {
            [] => None,
            words => Some(bare_index(&opened, &wanted, words).await?),
        };
        let (mut taken, mut by_own, mut by_index) = (Samples::default(), Samples::default(), Samples::default());
        for run in 0..=runs {
            let (done, desk) = meter.measure(ask(&opened.desk.ground, &wanted, ASKED)).await;
            if done?.is_empty() {
                return Err(format!("nothing is found by {text:?}").into());
            }
            let (done, statements) = meter.measure(driver.replay(&own)).await;
            done?;
            if run > 0 {
                taken.add(desk.wall_ms_each(ASKED));
                by_own.add(statements.wall_ms_each(ASKED));
            }
            if let Some(index) = &index {
                let (done, bare) = meter.measure(driver.replay(index)).await;
                done?;
                if run > 0 {
                    by_index.add(bare.wall_ms_each(ASKED));
                }
            }
        }
        let ratio = Some(by_own.over(&taken));
        let figure = format!("search among {messages}, wall ms, {name}");
        report.row(&Row { figure: &figure, taken: &taken, floor: Some(&by_own), ratio, aim: "≤ 1 ms on SQLite" });
        if index.is_some() {
            let ratio = Some(by_index.over(&taken));
            let figure = format!("{name}: beside the bare index");
            report.row(&Row {
                figure: &figure,
                taken: &taken,
                floor: Some(&by_index),
                ratio,
                aim: "≤ 1.3 × the index",
            });
        }
    }
    drop(driver);
    opened.remove().await
}

/// Asks so many times; what was found the last time.
async fn ask(ground: &Ground, wanted: &Wanted, times: usize) -> Result<Vec<Hit>> {
    let actor = Actor::Program { name: "bench".to_owned(), role: Role::Agent };
    let mut found = Vec::new();
    for _ in 0..times {
        found = search::find(ground, &actor, wanted, &TimeZone::UTC, None, SHOWN).await?.items;
    }
    Ok(found)
}

/// The desk's own statements of as many searches.
async fn own(opened: &Opened, wanted: &Wanted) -> Result<Script> {
    let ground = Ground { db: Db::open(opened.location.clone()).await?, ..opened.desk.ground.clone() };
    let recording = ground.db.record();
    ask(&ground, wanted, ASKED).await?;
    ground.db.close().await;
    Ok(Script::of(&recording))
}

/// What the index itself is asked, as many times, for the newest places until a page is full of tickets: several of them may be of one.
/// Nothing is joined, sorted or shown.
async fn bare_index(opened: &Opened, wanted: &Wanted, words: &[&[&str]]) -> Result<Script> {
    let last = ask(&opened.desk.ground, wanted, 1).await?.last().ok_or("nothing is found")?.id;
    let db = Db::open(opened.location.clone()).await?;
    let runs: Vec<Vec<String>> = words.iter().map(|run| run.iter().map(ToString::to_string).collect()).collect();
    let newest = async |limit| {
        let mut conn = db.read().await?;
        let engine = conn.engine();
        let places = sql(engine.places_of_words(Index::Said.table(), 1, 2, "", limit));
        places.bind(engine.wanted_words(&runs, false)).bind(Id(i64::MAX)).all(&mut conn).await
    };
    let ids = newest(search::LOOKED_MAX).await?.iter().map(|row| row.get("id")).collect::<store::Result<Vec<Id>>>()?;
    let filling = ids.iter().filter(|id| **id >= last).count() + 1;
    let recording = db.record();
    for _ in 0..ASKED {
        newest(u32::try_from(filling)?).await?;
    }
    db.close().await;
    Ok(Script::of(&recording))
}
