//! Pages as HTML, asked of the release binary by somebody who is signed in, on a desk of some years.

use std::io::Write;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use crate::Result;
use crate::bare::Bare;
use crate::http::Connection;
use crate::place::Place;
use crate::report::{Report, Row};
use crate::samples::Samples;
use crate::served;
use crate::site::{self, LONG, SHORT, Site};

/// How often each page is asked for in a run.
const ASKED: usize = 200;

/// Measures and prints, on a desk with that many tickets.
pub async fn measure(
    place: &Place,
    binary: Option<&Path>,
    (tickets, analyzed): (i64, bool),
    runs: usize,
    report: &Report,
) -> Result<()> {
    let site = Site::build(place, tickets).await?;
    let served = site.serve(&served::binary(binary)?)?;
    let signed_in = [site::sign_in(&mut Connection::open(&served.address)?)?];
    let serving = site.opened().meter_of(served.process()).await?;
    let asking = site.opened().meter().await?;
    let mut driver = Bare::connect(&site.opened().location).await?;
    if analyzed {
        driver.analyze().await?;
    }
    report.remark(&format!("pages of a desk with {tickets} tickets on {}", place.name()));
    for (name, path, headers, aim) in pages(&site, &signed_in) {
        let script = site.statements(&path, headers, ASKED).await?;
        report.remark(&format!("{name}: {}", script.describe(ASKED)));
        let (mut taken, mut floor) = (Samples::default(), Samples::default());
        // Anew for each: a server closes connections that rest.
        let mut connection = Connection::open(&served.address)?;
        let mut body = String::new();
        for run in 0..=runs {
            let (asked, by_server) = serving.measure(async { ask(&mut connection, &path, headers) }).await;
            body = asked?;
            let (done, by_driver) = asking.measure(driver.replay(&script)).await;
            done?;
            if run > 0 {
                taken.add(by_server.cpu_ms_each(ASKED));
                floor.add(by_driver.cpu_ms_each(ASKED));
            }
        }
        let figure = format!("{name}, CPU ms (floor: its statements over the bare driver)");
        report.row(&Row { figure: &figure, taken: &taken, floor: Some(&floor), ratio: Some(floor.over(&taken)), aim });
        let sizes = sizes(&body)?;
        report.row(&Row {
            figure: &format!("{name}, KB (floor: gzip)"),
            taken: &sizes.0,
            floor: Some(&sizes.1),
            ratio: None,
            aim: if aim.is_empty() { "" } else { "≤ 60 KB" },
        });
    }
    drop(driver);
    drop(served);
    site.remove().await
}

/// What is asked for: what people call it, its address, by whom, and how much it may cost.
fn pages<'s>(site: &Site, signed_in: &'s [String]) -> [(String, String, &'s [String], &'static str); 6] {
    let ticket = |messages| format!("a ticket of {messages} messages beside the list");
    let panes = format!("what is replaced of a ticket of {LONG} messages while somebody looks");
    [
        ("the page to sign in, for comparison".to_owned(), "/sign-in".to_owned(), &[], ""),
        ("a list".to_owned(), "/tickets".to_owned(), signed_in, "≤ 3 ms"),
        ("a list of open ones".to_owned(), "/tickets?status=open".to_owned(), signed_in, "≤ 3 ms"),
        (ticket(SHORT), format!("/tickets/{}", site.short), signed_in, "≤ 3 ms"),
        (ticket(LONG), format!("/tickets/{}", site.long), signed_in, "≤ 3 ms"),
        (panes, format!("/tickets/{}/panes", site.long), signed_in, ""),
    ]
}

/// Asks for a page as often as is measured; gives the last one's HTML.
fn ask(connection: &mut Connection, path: &str, headers: &[String]) -> Result<String> {
    let mut body = String::new();
    for _ in 0..ASKED {
        let answer = connection.ask("GET", path, headers, "")?;
        if answer.status != 200 {
            return Err(format!("{path} answered {}: {}", answer.status, answer.body).into());
        }
        body = answer.body;
    }
    Ok(body)
}

/// How large a page is, and how large on the way when a proxy in front compresses it; thousands of bytes.
fn sizes(body: &str) -> Result<(Samples, Samples)> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(body.as_bytes())?;
    let of = |bytes: usize| {
        let mut size = Samples::default();
        size.add(bytes as f64 / 1e3);
        size
    };
    Ok((of(body.len()), of(packed.finish()?.len())))
}
