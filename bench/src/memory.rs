//! Memory of a server on a desk of some years: at rest, and after people have worked with it.

use std::path::Path;

use crate::Result;
use crate::http::Connection;
use crate::place::Place;
use crate::report::{Report, Row};
use crate::samples::Samples;
use crate::served::{self, REST};
use crate::site::{self, Site};

/// How often each of what people do is done before memory is looked at again.
const TIMES: usize = 100;

/// Measures and prints, on a desk with that many tickets.
pub async fn measure(place: &Place, binary: Option<&Path>, tickets: i64, runs: usize, report: &Report) -> Result<()> {
    let site = Site::build(place, tickets).await?;
    let binary = served::binary(binary)?;
    let (mut rest, mut used) = (Samples::default(), Samples::default());
    for _ in 0..runs {
        let served = site.serve(&binary)?;
        tokio::time::sleep(REST).await;
        rest.add(served.memory_mib()?);
        use_it(&site, &served.address)?;
        used.add(served.memory_mib()?);
    }
    for (figure, taken) in [
        (format!("memory with {tickets} tickets at rest, PSS in MiB"), &rest),
        (format!("memory with {tickets} tickets after signing in, lists, tickets and searches, PSS in MiB"), &used),
    ] {
        report.row(&Row { figure: &figure, taken, floor: None, ratio: None, aim: "≤ 60 MiB" });
    }
    site.remove().await
}

/// Signs in, then looks at lists, tickets and what searches find, over several connections as a browser has them.
fn use_it(site: &Site, address: &str) -> Result<()> {
    let mut connections = Vec::new();
    for _ in 0..6 {
        connections.push(Connection::open(address)?);
    }
    let first = connections.first_mut().ok_or("no connection")?;
    let pages = [site::sign_in(first)?];
    let program = [format!("Authorization: Bearer {}", site.token)];
    for number in 0..TIMES {
        let asked = [
            ("/tickets".to_owned(), &pages),
            ("/tickets?status=open".to_owned(), &pages),
            ("/tickets?team=support".to_owned(), &pages),
            (format!("/tickets/{}", site.short), &pages),
            (format!("/tickets/{}", site.long), &pages),
            ("/workload".to_owned(), &pages),
            (format!("/api/v1/search?q=request+{}", number * 997), &program),
            ("/api/v1/search?q=logo+documents".to_owned(), &program),
        ];
        for ((path, headers), lane) in asked.iter().zip((number..).map(|lane| lane % 6)) {
            let connection = connections.get_mut(lane).ok_or("no connection")?;
            let answer = connection.ask("GET", path, headers.as_slice(), "")?;
            if answer.status != 200 {
                return Err(format!("{path} answered {}: {}", answer.status, answer.body).into());
            }
        }
    }
    Ok(())
}
