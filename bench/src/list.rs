//! The list of tickets: a page of 50 by every cut that people use.

use desk::page::{Cursor, Page};
use desk::rights::Scope;
use desk::tickets::{self, Filter};
use desk::{Actor, Desk, Role};
use playbook::Status;
use store::{Db, Id};

use crate::Result;
use crate::bare::Bare;
use crate::place::{Opened, Place};
use crate::replay::Script;
use crate::report::{Report, Row};
use crate::samples::Samples;
use crate::seed;

/// How often a list is asked for in a run.
const ASKED: usize = 300;

/// Measures and prints, on that many tickets, which the planner was let look at or not.
pub async fn measure(place: &Place, (tickets, analyzed): (i64, bool), runs: usize, report: &Report) -> Result<()> {
    let opened = place.desk().await?;
    seed::years(&opened.desk, tickets).await?;
    report.remark(&format!("{tickets} tickets on {}", place.name()));
    let meter = opened.meter().await?;
    let mut driver = Bare::connect(&opened.location).await?;
    if analyzed {
        driver.analyze().await?;
    }
    for (name, filter, page) in cuts(&opened.desk, tickets).await? {
        let script = recorded(&opened, &filter, page).await?;
        let (mut taken, mut floor) = (Samples::default(), Samples::default());
        for run in 0..=runs {
            let (done, by_desk) = meter.measure(ask(&opened.desk.ground.db, &filter, page, ASKED)).await;
            let rows = done?;
            let (done, by_driver) = meter.measure(driver.replay(&script)).await;
            done?;
            if rows == 0 && !name.contains("nobody is in") {
                return Err(format!("the list {name} is empty and shows nothing").into());
            }
            if run > 0 {
                taken.add(by_desk.cpu_ms_each(ASKED));
                floor.add(by_driver.cpu_ms_each(ASKED));
            }
        }
        let ratio = Some(floor.over(&taken));
        let figure = format!("list of 50 of {tickets}, CPU ms, {name}");
        report.row(&Row { figure: &figure, taken: &taken, floor: Some(&floor), ratio, aim: "≤ 0.5 ms" });
    }
    drop(driver);
    opened.remove().await
}

async fn cuts(desk: &Desk, tickets: i64) -> Result<Vec<(&'static str, Filter, Page)>> {
    let none = Filter::default;
    let named = |name: &str| Some(name.to_owned());
    let first = Page::default();
    let deep = Page { after: Some(middle(desk, tickets).await?), ..first };
    Ok(vec![
        ("no cut", none(), first),
        ("no cut, in the middle", none(), deep),
        ("open", Filter { status: Some(Status::Open), ..none() }, first),
        ("an assignee's open ones", Filter { status: Some(Status::Open), assignee: Some(Id(3)), ..none() }, first),
        ("an assignee", Filter { assignee: Some(Id(3)), ..none() }, first),
        ("a team", Filter { team: named("customer-solutions"), ..none() }, first),
        (
            "a team's open ones",
            Filter { status: Some(Status::Open), team: named("customer-solutions"), ..none() },
            first,
        ),
        ("open and nobody's", Filter { status: Some(Status::Open), unassigned: true, ..none() }, first),
        ("a playbook", Filter { playbook: named("document-configuration"), ..none() }, first),
        ("a state within", Filter { state: named("configuring"), ..none() }, first),
        (
            "a playbook's state within",
            Filter { playbook: named("document-change"), state: named("configuring"), ..none() },
            first,
        ),
        ("a state that nobody is in", Filter { state: named("reopened"), ..none() }, first),
        ("an organization", Filter { organization: Some(Id(7)), ..none() }, first),
        (
            "an organization's open ones",
            Filter { status: Some(Status::Open), organization: Some(Id(7)), ..none() },
            first,
        ),
    ])
}

/// A place in the middle of the whole list.
async fn middle(desk: &Desk, tickets: i64) -> Result<Cursor> {
    let ticket = desk::tickets::show_by_number(&mut desk.read().await?, scope()?, 2_000 + tickets / 2).await?;
    Ok(Cursor { at: ticket.updated_at, id: ticket.id })
}

fn scope() -> Result<Scope> {
    Ok(Scope::of(&Actor::Program { name: "bench".to_owned(), role: Role::Agent })?)
}

async fn ask(db: &Db, filter: &Filter, page: Page, times: usize) -> Result<usize> {
    let scope = scope()?;
    let mut rows = 0;
    for _ in 0..times {
        rows = tickets::list(&mut db.read().await?, scope, filter, page).await?.items.len();
    }
    Ok(rows)
}

/// The statements of as many lists, taken beside the desk.
async fn recorded(opened: &Opened, filter: &Filter, page: Page) -> Result<Script> {
    let db = Db::open(opened.location.clone()).await?;
    let recording = db.record();
    ask(&db, filter, page, ASKED).await?;
    db.close().await;
    Ok(Script::of(&recording))
}
