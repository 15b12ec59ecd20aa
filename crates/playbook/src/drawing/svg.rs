//! A playbook as SVG (<https://www.w3.org/TR/SVG2/>).

use std::fmt::Write;

use super::chart::{Chart, Kind};
use super::dress::{Dressed, dress};
use super::layout::{Plan, lay_out};
use super::marks::{Lit, Marks};
use super::paint::{Paint, escaped};
use super::words::Words;
use crate::definition::Playbook;

/// The style sheet of drawings. It takes the page's colours where the page has them (the custom properties `--text`,
/// `--accent` and so on), otherwise its own, light or dark as the reader's system is.
pub const STYLE: &str = include_str!("drawing.css");

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
    let chart = Chart::of(playbook, language, &words);
    let dressed = dress(&chart, &words);
    let plan = lay_out(&dressed.sketch);
    let lit = Lit::of(&chart, marks);
    compose(&chart, &dressed, &plan, &lit, &words, setting)
}

fn compose(chart: &Chart, dressed: &Dressed, plan: &Plan, lit: &Lit, words: &Words, setting: Setting) -> String {
    let (width, height) = (plan.size.width, plan.size.height);
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
    paint.text.push_str("</svg>\n");
    paint.text
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
        if !ways.is_empty() {
            let _ = write!(text, " {}: {}.", shape.title, ways.join("; "));
        }
    }
    text
}
