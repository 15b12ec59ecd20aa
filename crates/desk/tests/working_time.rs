//! Whose hours count: those of the calendar that a playbook names, of the client's organization, or of the desk.

#![allow(clippy::unwrap_used, reason = "a failed expectation is a failed test")]

use desk::rehearsal::rehearse;
use playbook::Files;
use store::Location;

const SHOP: &str = "language: 1\nzone: America/New_York\nhours: { sat: [ 10:00-20:00 ], sun: [ 10:00-20:00 ] }\n";

/// The built-in handbook, whose office is open from Monday to Friday, with a shop that is open at weekends, a
/// `general-request` that waits for one business day, and one scenario: a mail on Friday at 16:00 in Lisbon.
fn handbook(calendar: &str, then: &str) -> Files {
    let request = format!(
        "language: 1\nplaybook: general-request\ntitle: Request\nteam: support\n{calendar}opens: [ mail, api, hand ]\n\
         initial: a\nstates: {{ a: {{ after: {{ 1 business day: late }} }}, late: {{ after: {{ 1 day: closed }} }}, closed: {{ type: final }} }}\n"
    );
    let scenario = format!(
        "scenario: 'T1: a working day passes'\nstarts: 2026-11-20T16:00[Europe/Lisbon]\ngiven:\n\
         \x20 organizations: [ {{ name: Acme, time_zone: Asia/Tokyo, attributes: {{ calendar: shop }} }}, {{ name: Borealis }} ]\n\
         \x20 contacts: [ {{ email: maria@acme.example, organization: Acme }}, {{ email: rui@borealis.example, organization: Borealis }} ]\n\
         {then}"
    );
    let built_in = desk::handbook::tree::built_in();
    let mut files: Files = (built_in.iter())
        .filter(|(path, _)| !path.starts_with("scenarios/"))
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect();
    let desk_file =
        files.get("desk.yaml").unwrap().replacen("of: [ office, brazil ]", "of: [ office, brazil, shop ]", 1);
    assert!(desk_file.contains("brazil, shop"));
    files.insert("desk.yaml", desk_file);
    files.insert("calendars/shop.yaml", SHOP);
    files.insert("playbooks/general-request.yaml", request);
    files.insert("scenarios/working-time.yaml", scenario);
    files
}

/// Who writes, and when their ticket is late and closed: instants in Lisbon, an hour before and at which.
async fn is_late(calendar: &str, who: &str, late: (&str, &str), closed: (&str, &str)) {
    let then = format!(
        "when: [ {{ at: +0h, mail: {{ from: {who}, subject: Hello, text: Hi }} }} ]\nthen:\n\
         \x20 - {{ at: {}, state: a }}\n  - {{ at: {}, state: late }}\n  - {{ at: {}, state: late }}\n  - {{ at: {}, state: closed }}\n",
        late.0, late.1, closed.0, closed.1
    );
    let files = handbook(calendar, &then);
    let scenarios = playbook::scenarios(&files).unwrap();
    let report = rehearse(&files, &scenarios[0], Location::Memory).await.unwrap();
    assert!(report.failed.is_empty(), "{calendar}{who}: {:?}", report.failed);
}

#[tokio::test]
async fn without_a_calendar_in_the_playbook_the_desks_hours_count() {
    is_late("", "rui@borealis.example", ("+2d23h", "+3d"), ("+3d23h", "+4d")).await;
    is_late("", "maria@acme.example", ("+2d23h", "+3d"), ("+3d23h", "+4d")).await;
}

#[tokio::test]
async fn the_calendar_that_the_playbook_names_counts_for_everybody() {
    // Asked on Friday: counts from Saturday 10:00 in New York, 15:00 in Lisbon, and so ends on Sunday.
    is_late("calendar: shop\n", "rui@borealis.example", ("+1d22h", "+1d23h"), ("+2d22h", "+2d23h")).await;
}

#[tokio::test]
async fn a_playbook_may_count_in_the_hours_of_the_clients_organization_and_else_in_the_desks() {
    is_late("calendar: organization\n", "maria@acme.example", ("+1d22h", "+1d23h"), ("+2d22h", "+2d23h")).await;
    is_late("calendar: organization\n", "rui@borealis.example", ("+2d23h", "+3d"), ("+3d23h", "+4d")).await;
}

/// When the clock of a playbook with this head runs out for `who`: an hour before, and at which.
async fn runs_out(calendars: (&str, &str), who: &str, hours: (&str, &str)) {
    let head = format!(
        "{}fields: {{ late: {{ type: boolean, default: false }} }}\nclocks: {{ answer: {{ start: ticket.opened, stop: agent.replied, \
         within: 1 business day, {}breach: [ {{ set: {{ late: 'true' }} }} ] }} }}\n",
        calendars.0, calendars.1
    );
    let then = format!(
        "when: [ {{ at: +0h, mail: {{ from: {who}, subject: Hello, text: Hi }} }} ]\nthen:\n\
         \x20 - {{ at: {}, field: late, is: false }}\n  - {{ at: {}, field: late, is: true }}\n",
        hours.0, hours.1
    );
    let files = handbook(&head, &then);
    let scenarios = playbook::scenarios(&files).unwrap();
    let report = rehearse(&files, &scenarios[0], Location::Memory).await.unwrap();
    assert!(report.failed.is_empty(), "{calendars:?} {who}: {:?}", report.failed);
}

#[tokio::test]
async fn a_clock_counts_in_the_hours_that_it_names_and_else_in_the_playbooks() {
    let (shop, office) = (("+1d22h", "+1d23h"), ("+2d23h", "+3d"));
    runs_out(("", ""), "rui@borealis.example", office).await;
    runs_out(("", "calendar: shop, "), "rui@borealis.example", shop).await;
    runs_out(("calendar: shop\n", ""), "rui@borealis.example", shop).await;
    runs_out(("calendar: office\n", "calendar: shop, "), "rui@borealis.example", shop).await;
    runs_out(("", "calendar: organization, "), "maria@acme.example", shop).await;
    runs_out(("", "calendar: organization, "), "rui@borealis.example", office).await;
}
