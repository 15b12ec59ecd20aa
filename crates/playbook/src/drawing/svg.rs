//! A playbook as SVG (<https://www.w3.org/TR/SVG2/>).

use std::fmt::Write;

use super::chart::{Chart, Kind};
use super::counts;
use super::dress::{Dressed, SIGN, SMALL_LINE, dress};
use super::layout::{Plan, lay_out};
use super::marks::{Lit, Marks};
use super::measure;
use super::paint::{Paint, escaped};
use super::words::Words;
use crate::definition::Playbook;

/// The style sheet of drawings. It takes the page's colours where the page has them (the custom properties `--text`,
/// `--accent` and so on), otherwise its own, light or dark as the reader's system is.
pub const STYLE: &str = include_str!("drawing.css");

/// What is free around the clocks beneath a picture.
const MARGIN: f64 = 24.0;
/// How wide the sentence of a clock may grow.
const WIDEST_CLOCK: f64 = 640.0;

/// What a drawing stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// A file of its own, which brings its style along.
    File,
    /// A page that has [`STYLE`] among its style sheets: nothing in the drawing is styled in place.
    Page,
}

/// The playbook's statechart in `language`, with the marks lit.
///
/// Sizes are in CSS pixels. The picture has a title and, as its description, every state with what leads out of it.
#[must_use]
pub fn svg(playbook: &Playbook, marks: &Marks, language: &str, setting: Setting) -> String {
    let words = Words::of(language);
    let mut chart = Chart::of(playbook, language, &words);
    if let Some(counts) = &marks.counts {
        counts::write(&mut chart, counts, &words);
    }
    let dressed = dress(&chart, &words);
    let plan = lay_out(&dressed.sketch);
    let lit = Lit::of(&chart, marks);
    compose(&chart, &dressed, &plan, &lit, &words, setting)
}

fn compose(chart: &Chart, dressed: &Dressed, plan: &Plan, lit: &Lit, words: &Words, setting: Setting) -> String {
    let watched = watched(chart);
    let widest = watched.iter().map(|words| measure::width(words, measure::SMALL)).fold(0.0, f64::max);
    let width = plan.size.width.max(widest + 2.0 * MARGIN + SIGN);
    let below = if watched.is_empty() { 0.0 } else { MARGIN + SMALL_LINE * watched.len() as f64 };
    let height = plan.size.height + below;
    let mut text = String::new();
    let _ = writeln!(
        text,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"drawing\" role=\"img\" lang=\"{}\" width=\"{width}\" \
         height=\"{height}\" viewBox=\"0 0 {width} {height}\">",
        words.tag(),
    );
    let _ = writeln!(text, "<title>{}</title>", escaped(&chart.title));
    let _ = writeln!(text, "<desc>{}</desc>", escaped(&description(chart, lit, words)));
    if setting == Setting::File {
        let _ = writeln!(text, "<style>\n{}</style>", STYLE.trim_start());
        let _ = writeln!(text, "<rect class=\"drawing-paper\" width=\"{width}\" height=\"{height}\"/>");
    }
    let mut paint = Paint { chart, dressed, plan, lit, text };
    paint.everything();
    paint.lines(&watched, MARGIN, plan.size.height);
    paint.text.push_str("</svg>\n");
    paint.text
}

/// The clocks, each on a line.
fn watched(chart: &Chart) -> Vec<String> {
    chart.watched.iter().map(|words| measure::shortened(words, WIDEST_CLOCK, measure::SMALL)).collect()
}

/// The chart in sentences, for those who do not see it.
fn description(chart: &Chart, lit: &Lit, words: &Words) -> String {
    let mut text = words.summary(chart.shapes.len(), chart.arrows.len());
    if let Some(shape) = lit.present.and_then(|id| chart.shapes.get(id)) {
        let _ = write!(text, " {}", words.present(&shape.title));
    }
    for (id, shape) in chart.shapes.iter().enumerate() {
        let ways: Vec<String> = chart
            .arrows
            .iter()
            .filter(|arrow| arrow.source == id)
            .flat_map(|arrow| arrow.rows.iter().map(move |row| (arrow, row)))
            .map(|(arrow, row)| {
                let guard = row.guard.as_ref().filter(|_| arrow.kind != Kind::Always);
                let guard = guard.map(|guard| format!(", {}", words.when(guard))).unwrap_or_default();
                format!("{}{guard} → {}", row.text, chart.shapes[arrow.target].title)
            })
            .collect();
        let counted = shape.counted.as_ref().map(|counted| format!(" ({})", counted.text)).unwrap_or_default();
        if !ways.is_empty() || !counted.is_empty() {
            let _ = write!(text, " {}{counted}: {}.", shape.title, ways.join("; "));
        }
    }
    for clock in &chart.watched {
        let _ = write!(text, " {clock}.");
    }
    text
}
