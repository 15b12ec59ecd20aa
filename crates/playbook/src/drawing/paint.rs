//! The elements of a drawing, from the back to the front: frames, lines, boxes, labels.

use std::fmt::Write;

use super::chart::{Chart, Kind};
use super::dress::{ABOVE, BESIDE, BESIDE_ROW, BETWEEN_ROWS, Dressed, MARK, SIGN, SMALL_LINE, TITLE_LINE};
use super::layout::{Plan, Point, Rect};
use super::marks::Lit;

/// How round the corners of lines are.
const ROUNDING: f64 = 8.0;
/// An arrow's head.
const HEAD: f64 = 8.0;

/// Writes a drawing.
pub(super) struct Paint<'c> {
    pub(super) chart: &'c Chart,
    pub(super) dressed: &'c Dressed,
    pub(super) plan: &'c Plan,
    pub(super) lit: &'c Lit,
    pub(super) text: String,
}

impl Paint<'_> {
    /// Writes everything that stands in the picture.
    pub(super) fn everything(&mut self) {
        let (frames, leaves): (Vec<usize>, Vec<usize>) =
            (0..self.chart.shapes.len()).partition(|id| self.chart.is_frame(*id));
        for id in frames {
            self.state(id, "frame");
        }
        for start in &self.plan.starts {
            if let Some(dot) = start.first() {
                let (x, y) = (dot.x, dot.y - super::layout::DOT / 2.0);
                let _ = writeln!(self.text, "<circle class=\"drawing-start\" cx=\"{x}\" cy=\"{y}\" r=\"5\"/>");
            }
            self.line("drawing-line drawing-line--start", start);
        }
        // What the ticket went along lies above the rest.
        let (taken, other): (Vec<usize>, Vec<usize>) =
            (0..self.chart.arrows.len()).partition(|id| self.lit.took(self.chart, &self.chart.arrows[*id]));
        for (arrows, taken) in [(other, ""), (taken, " is-taken")] {
            for id in arrows {
                let class = format!("drawing-line drawing-line--{}{taken}", word(self.chart.arrows[id].kind));
                let plan = self.plan;
                self.line(&class, &plan.arrows[id].points);
            }
        }
        for id in leaves {
            self.state(id, "box");
        }
        for id in 0..self.chart.arrows.len() {
            self.label(id);
        }
    }

    /// Writes what is watched in every state, a line each, beneath the picture.
    pub(super) fn lines(&mut self, watched: &[String], left: f64, top: f64) {
        let mut y = top;
        for words in watched {
            self.sign(Kind::Timer, left, y + SMALL_LINE / 2.0, "drawing-sign drawing-sign--stay");
            self.words("drawing-small", left + SIGN - 1.0, y + 13.0, words);
            y += SMALL_LINE;
        }
    }

    fn state(&mut self, id: usize, class: &str) {
        let (shape, words, rect) = (&self.chart.shapes[id], &self.dressed.boxes[id], self.plan.boxes[id]);
        let is_frame = class == "frame";
        let mut classes = format!("drawing-{class}");
        for (holds, mark) in [
            (shape.is_final, " is-final"),
            (self.lit.present == Some(id), " is-here"),
            (self.lit.around.contains(&id), " is-around"),
            (self.lit.been.contains(&id), " is-been"),
        ] {
            if holds {
                classes.push_str(mark);
            }
        }
        let _ = writeln!(self.text, "<g class=\"{classes}\" data-state=\"{}\">", escaped(&shape.path));
        let _ = writeln!(self.text, "<title>{}</title>", escaped(&shape.title));
        self.rect("drawing-shape", rect, if is_frame { 12.0 } else { 8.0 });
        if shape.is_final {
            let inner = Rect {
                at: Point { x: rect.at.x + 3.5, y: rect.at.y + 3.5 },
                size: super::layout::Size { width: rect.size.width - 7.0, height: rect.size.height - 7.0 },
            };
            self.rect("drawing-inner", inner, 5.0);
        }
        let left = rect.at.x + if is_frame { 18.0 } else { BESIDE };
        let mut y = rect.at.y + if is_frame { 14.0 } else { ABOVE };
        for (line, title) in words.title.iter().enumerate() {
            let mut x = left;
            if shape.is_final && line == 0 {
                let (cx, cy) = (x + 6.0, y + TITLE_LINE / 2.0);
                let _ = writeln!(self.text, "<circle class=\"drawing-end\" cx=\"{cx}\" cy=\"{cy}\" r=\"5.5\"/>");
                let _ = writeln!(self.text, "<circle class=\"drawing-end-dot\" cx=\"{cx}\" cy=\"{cy}\" r=\"2.75\"/>");
            }
            if shape.is_final {
                x += MARK;
            }
            self.words("drawing-title", x, y + 14.0, title);
            y += TITLE_LINE;
        }
        if let Some(waiting) = &words.waiting {
            let party = shape.waiting_on.as_deref().unwrap_or_default();
            let tone = if party == "us" { "us" } else { "them" };
            let (cx, cy) = (left + 5.0, y + SMALL_LINE / 2.0);
            let _ = writeln!(
                self.text,
                "<circle class=\"drawing-waits drawing-waits--{tone}\" cx=\"{cx}\" cy=\"{cy}\" r=\"3.5\"/>"
            );
            self.words("drawing-small", left + SIGN - 4.0, y + 13.0, waiting);
            y += SMALL_LINE;
        }
        for (kind, stay) in &words.stays {
            self.sign(*kind, left, y + SMALL_LINE / 2.0, "drawing-sign drawing-sign--stay");
            self.words("drawing-small", left + SIGN - 1.0, y + 13.0, stay);
            y += SMALL_LINE;
        }
        if let Some(counted) = &words.counted {
            let class = if counted.is_never { "drawing-small" } else { "drawing-counted" };
            self.words(class, left, y + 13.0, &counted.text);
        }
        self.text.push_str("</g>\n");
    }

    fn rect(&mut self, class: &str, rect: Rect, rounding: f64) {
        let (at, size) = (rect.at, rect.size);
        let _ = writeln!(
            self.text,
            "<rect class=\"{class}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{rounding}\"/>",
            at.x, at.y, size.width, size.height,
        );
    }

    fn words(&mut self, class: &str, x: f64, y: f64, words: &str) {
        let _ = writeln!(self.text, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>", escaped(words));
    }

    fn line(&mut self, class: &str, points: &[Point]) {
        let [.., before, end] = points else { return };
        let (down, across) = ((end.y - before.y).signum(), (end.x - before.x).signum());
        let is_upright = (end.x - before.x).abs() < 0.01;
        let (dx, dy) = if is_upright { (0.0, down) } else { (across, 0.0) };
        let neck = Point { x: end.x - dx * (HEAD - 1.0), y: end.y - dy * (HEAD - 1.0) };
        let mut shortened = points.to_vec();
        if let Some(last) = shortened.last_mut() {
            *last = neck;
        }
        let half = HEAD / 2.0;
        let back = Point { x: end.x - dx * HEAD, y: end.y - dy * HEAD };
        let _ = writeln!(
            self.text,
            "<g class=\"{class}\"><path class=\"drawing-way\" d=\"{}\"/><path class=\"drawing-head\" d=\"M{} {}L{} {}L{} {}Z\"/></g>",
            rounded(&shortened),
            end.x,
            end.y,
            back.x - dy * half,
            back.y - dx * half,
            back.x + dy * half,
            back.y + dx * half,
        );
    }

    fn label(&mut self, id: usize) {
        let arrow = &self.chart.arrows[id];
        let (dressed, rect) = (self.dressed, self.plan.arrows[id].label);
        let mut y = rect.at.y;
        for (row, words) in arrow.rows.iter().zip(&dressed.labels[id]) {
            let x = rect.at.x + (rect.size.width - words.size.width) / 2.0;
            let taken = if self.lit.took_row(self.chart, arrow, row) { " is-taken" } else { "" };
            let _ = writeln!(self.text, "<g class=\"drawing-label drawing-label--{}{taken}\">", word(arrow.kind));
            let whole = match &row.guard {
                Some(guard) => format!("{} [{guard}]", row.text),
                None => row.text.clone(),
            };
            let _ = writeln!(self.text, "<title>{}</title>", escaped(&whole));
            let rounding = match arrow.kind {
                Kind::Choice => 12.0,
                Kind::Timer | Kind::Event | Kind::Always => 5.0,
                Kind::Linked => 0.0,
            };
            if arrow.kind == Kind::Linked {
                self.tag(Rect { at: Point { x, y }, size: words.size });
            } else {
                self.rect("drawing-shape", Rect { at: Point { x, y }, size: words.size }, rounding);
            }
            let has_sign = !matches!(arrow.kind, Kind::Choice | Kind::Always);
            let mut left = x + BESIDE_ROW;
            if has_sign {
                self.sign(arrow.kind, left - 2.0, y + 12.0, "drawing-sign");
                left += SIGN;
            }
            let class = if arrow.kind == Kind::Always { "drawing-guard" } else { "drawing-event" };
            self.words(class, left, y + 16.0, &words.text);
            if let Some(guard) = &words.guard {
                self.words("drawing-guard", left, y + 30.0, guard);
            }
            self.text.push_str("</g>\n");
            y += words.size.height + BETWEEN_ROWS;
        }
    }

    /// A slip with both sides slanted, for what another ticket says.
    fn tag(&mut self, rect: Rect) {
        let (x, y, right, bottom) = (rect.at.x, rect.at.y, rect.right(), rect.bottom());
        let slant = 7.0;
        let _ = writeln!(
            self.text,
            "<path class=\"drawing-shape\" d=\"M{} {y}L{right} {y}L{} {bottom}L{x} {bottom}Z\"/>",
            x + slant,
            right - slant,
        );
    }

    /// A small sign, 13 units wide, from `x` and around the height `y`.
    fn sign(&mut self, kind: Kind, x: f64, y: f64, class: &str) {
        let (cx, top) = (x + 6.5, y - 6.0);
        let path = match kind {
            Kind::Timer => format!("M{cx} {}V{y}L{} {}", y - 3.0, cx + 2.5, y + 1.5),
            Kind::Event => format!(
                "M{} {}h9a1.5 1.5 0 0 1 1.5 1.5v5a1.5 1.5 0 0 1 -1.5 1.5h-5l-2.5 2.5v-2.5h-1.5a1.5 1.5 0 0 1 -1.5 -1.5v-5a1.5 1.5 0 0 1 1.5 -1.5Z",
                x + 2.0,
                top + 0.5,
            ),
            Kind::Linked => format!(
                "M{} {}l3 -3M{} {}l-1.6 1.6a2.5 2.5 0 0 0 3.6 3.6l1.6 -1.6M{} {}l1.6 -1.6a2.5 2.5 0 0 0 -3.6 -3.6l-1.6 1.6",
                x + 5.0,
                y + 1.5,
                x + 4.5,
                y - 1.2,
                x + 8.5,
                y + 1.2
            ),
            Kind::Choice => format!("M{} {}h9v6h-9Z", x + 2.0, y - 3.0),
            Kind::Always => format!("M{} {y}h8l-3 -3m3 3l-3 3", x + 2.0),
        };
        let _ = write!(self.text, "<g class=\"{class}\">");
        if kind == Kind::Timer {
            let _ = write!(self.text, "<circle cx=\"{cx}\" cy=\"{y}\" r=\"5.5\"/>");
        }
        let _ = writeln!(self.text, "<path d=\"{path}\"/></g>");
    }
}

/// A kind as part of a class.
fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Choice => "choice",
        Kind::Timer => "timer",
        Kind::Event => "event",
        Kind::Linked => "linked",
        Kind::Always => "always",
    }
}

/// The path along these points, its corners rounded.
fn rounded(points: &[Point]) -> String {
    let mut path = String::new();
    let length = |one: Point, other: Point| (one.x - other.x).abs() + (one.y - other.y).abs();
    let towards = |from: Point, to: Point, by: f64| {
        let all = length(from, to).max(0.01);
        Point { x: from.x + (to.x - from.x) * by / all, y: from.y + (to.y - from.y) * by / all }
    };
    for (at, point) in points.iter().enumerate() {
        let (before, after) = (at.checked_sub(1).and_then(|at| points.get(at)), points.get(at + 1));
        let _ = match (before, after) {
            (None, _) => write!(path, "M{} {}", point.x, point.y),
            (_, None) => write!(path, "L{} {}", point.x, point.y),
            (Some(before), Some(after)) => {
                let by = ROUNDING.min(length(*before, *point) / 2.0).min(length(*point, *after) / 2.0);
                let (one, other) = (towards(*point, *before, by), towards(*point, *after, by));
                write!(path, "L{} {}Q{} {} {} {}", one.x, one.y, point.x, point.y, other.x, other.y)
            }
        };
    }
    path
}

/// A text as content or as the value of an attribute (XML 1.0, sections 2.2 and 2.4).
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\u{FFFE}' | '\u{FFFF}' => {}
            character if character.is_control() => safe.push(' '),
            character => safe.push(character),
        }
    }
    safe
}
