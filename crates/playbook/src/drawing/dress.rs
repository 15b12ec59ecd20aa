//! What stands in the boxes and labels of a drawing, and how large they are for it.

use super::chart::{Arrow, Chart, Kind, Row, Shape};
use super::counts::Counted;
use super::layout::{Size, Sketch, SketchArrow, SketchBox};
use super::measure::{CHOICE, LABEL, SMALL, TITLE, shortened, width, wrapped};
use super::words::Words;

/// Free space at the sides of a box, and above and beneath its words.
pub(super) const BESIDE: f64 = 14.0;
pub(super) const ABOVE: f64 = 10.0;
/// The heights of lines: of a title, of what stands beneath it.
pub(super) const TITLE_LINE: f64 = 19.0;
pub(super) const SMALL_LINE: f64 = 18.0;
/// The mark before the title of a final state, and the sign before a label.
pub(super) const MARK: f64 = 20.0;
pub(super) const SIGN: f64 = 18.0;
/// A label's rows: their heights without and with a guard beneath, what is free between and beside them.
const ROW: f64 = 24.0;
const GUARDED_ROW: f64 = 38.0;
pub(super) const BETWEEN_ROWS: f64 = 4.0;
pub(super) const BESIDE_ROW: f64 = 11.0;
/// How wide texts may grow.
const WIDEST_TITLE: f64 = 180.0;
const WIDEST_LABEL: f64 = 210.0;
const WIDEST_HEADING: f64 = 320.0;
const LEAST_WIDTH: f64 = 104.0;
/// How much of its border a box gives each line that meets it.
const AN_END: f64 = 16.0;

/// The words of a box.
#[derive(Clone, Debug)]
pub(super) struct BoxWords {
    pub(super) title: Vec<String>,
    pub(super) waiting: Option<String>,
    /// What is taken without leaving: its sign, its words.
    pub(super) stays: Vec<(Kind, String)>,
    /// What tickets did there.
    pub(super) counted: Option<Counted>,
}

/// One row of a label.
#[derive(Clone, Debug)]
pub(super) struct RowWords {
    pub(super) text: String,
    pub(super) guard: Option<String>,
    pub(super) size: Size,
}

/// A chart with its words, and as a sketch of their sizes.
#[derive(Clone, Debug)]
pub(super) struct Dressed {
    pub(super) boxes: Vec<BoxWords>,
    pub(super) labels: Vec<Vec<RowWords>>,
    pub(super) sketch: Sketch,
}

/// Dresses a chart.
pub(super) fn dress(chart: &Chart, words: &Words) -> Dressed {
    let frames: Vec<bool> = (0..chart.shapes.len()).map(|id| chart.is_frame(id)).collect();
    let boxes: Vec<BoxWords> =
        chart.shapes.iter().zip(&frames).map(|(shape, is_frame)| box_words(shape, *is_frame, words)).collect();
    let labels: Vec<Vec<RowWords>> = chart
        .arrows
        .iter()
        .map(|arrow| arrow.rows.iter().map(|row| row_words(arrow.kind, row, words)).collect())
        .collect();
    let sketch_box = |id: usize| SketchBox {
        parent: chart.shapes[id].parent,
        initial: chart.shapes[id].initial,
        size: box_size(&boxes[id], chart.shapes[id].is_final, frames[id], ends(chart, id)),
    };
    let sketch_arrow = |(arrow, rows): (&Arrow, &Vec<RowWords>)| SketchArrow {
        source: arrow.source,
        target: arrow.target,
        label: label_size(rows),
    };
    let sketch = Sketch {
        boxes: (0..chart.shapes.len()).map(sketch_box).collect(),
        arrows: chart.arrows.iter().zip(&labels).map(sketch_arrow).collect(),
        initial: Some(chart.initial),
    };
    Dressed { boxes, labels, sketch }
}

/// How many lines may meet one side of a box.
#[expect(clippy::cast_precision_loss, reason = "few lines meet a box")]
fn ends(chart: &Chart, id: usize) -> f64 {
    chart.arrows.iter().filter(|arrow| arrow.source == id || arrow.target == id).count() as f64
}

fn box_words(shape: &Shape, is_frame: bool, words: &Words) -> BoxWords {
    let title = match is_frame {
        true => vec![shortened(&shape.title, WIDEST_HEADING, TITLE)],
        false => wrapped(&shape.title, WIDEST_TITLE, 3, TITLE),
    };
    let said = |row: &Row| {
        let whole = match &row.guard {
            Some(guard) => format!("{}, {}", row.text, words.when(guard)),
            None => row.text.clone(),
        };
        shortened(&whole, WIDEST_LABEL, SMALL)
    };
    BoxWords {
        title,
        waiting: shape.waiting_on.as_deref().map(|party| shortened(&words.waiting_on(party), WIDEST_LABEL, SMALL)),
        stays: shape.stays.iter().map(|(kind, row)| (*kind, said(row))).collect(),
        counted: shape.counted.clone(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a box has few lines")]
fn box_size(words: &BoxWords, is_final: bool, is_frame: bool, ends: f64) -> Size {
    let mark = if is_final { MARK } else { 0.0 };
    let titles = words.title.iter().map(|line| width(line, TITLE) + mark);
    let waiting = words.waiting.iter().map(|line| width(line, SMALL) + SIGN);
    let stays = words.stays.iter().map(|(_, line)| width(line, SMALL) + SIGN);
    let counted = words.counted.iter().map(|counted| width(&counted.text, SMALL));
    let widest = titles.chain(waiting).chain(stays).chain(counted).fold(0.0, f64::max);
    let lines = words.stays.len() + usize::from(words.waiting.is_some()) + usize::from(words.counted.is_some());
    let height = words.title.len() as f64 * TITLE_LINE + lines as f64 * SMALL_LINE;
    if is_frame {
        return Size { width: even(widest), height };
    }
    let least = LEAST_WIDTH.max(ends * AN_END);
    Size { width: even((widest + 2.0 * BESIDE).max(least)), height: even(height + 2.0 * ABOVE) }
}

fn row_words(kind: Kind, row: &Row, words: &Words) -> RowWords {
    let sign = if matches!(kind, Kind::Choice | Kind::Always) { 0.0 } else { SIGN };
    let face = match kind {
        Kind::Always => SMALL,
        Kind::Choice => CHOICE,
        Kind::Timer | Kind::Event | Kind::Linked => LABEL,
    };
    let text = shortened(&row.text, WIDEST_LABEL, face);
    let guard = row.guard.as_ref().map(|guard| shortened(&words.when(guard), WIDEST_LABEL, SMALL));
    let widest = f64::max(width(&text, face), guard.as_deref().map_or(0.0, |guard| width(guard, SMALL)));
    let height = if guard.is_some() { GUARDED_ROW } else { ROW };
    RowWords { text, guard, size: Size { width: even(widest + sign + 2.0 * BESIDE_ROW), height } }
}

fn label_size(rows: &[RowWords]) -> Size {
    let height: f64 = rows.iter().map(|row| row.size.height + BETWEEN_ROWS).sum();
    Size { width: rows.iter().map(|row| row.size.width).fold(0.0, f64::max), height: (height - BETWEEN_ROWS).max(0.0) }
}

/// The next even number: what is centred stands on whole units then.
fn even(length: f64) -> f64 {
    (length / 2.0).ceil() * 2.0
}
