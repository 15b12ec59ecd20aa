//! Where everything of a chart stands: a layered layout for nested states, in passes.
//!
//! Each frame is laid out for itself, and is then one box among its siblings. An arrow that crosses frames has a piece
//! in every frame it crosses, and a *port* where it passes a border. The passes:
//!
//! 1. [`pieces`]: which piece of which arrow lies in which frame;
//! 2. [`ranks`], outermost frame first: which box stands above which; it decides where arrows pass borders too;
//! 3. [`layers`], innermost frame first like all that follow: boxes, labels and bends in rows, a label always next to
//!    the box that its arrow leaves;
//! 4. [`order`]: from left to right, with few crossings;
//! 5. [`columns`] and [`straighten`]: horizontal positions, long arrows straight;
//! 6. [`tracks`]: vertical positions, and a track of its own for each horizontal stretch;
//! 7. [`routes`]: the pieces joined to one line an arrow.
//!
//! Arrows run vertically through rows and horizontally only between them, so none passes through a box or a label.
//! Positions are whole units of the drawing, from the top left.

mod columns;
mod layers;
mod order;
mod pieces;
mod ranks;
mod routes;
mod straighten;
#[cfg(test)]
pub(super) mod tests;
mod tracks;

pub(super) use layers::DOT;
use pieces::Pieces;
use tracks::Level;

/// Free space inside a frame, and around the whole.
const PADDING: f64 = 18.0;

/// A width and a height.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Size {
    pub(super) width: f64,
    pub(super) height: f64,
}

/// A position.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// A rectangle: its top left corner and its size.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Rect {
    pub(super) at: Point,
    pub(super) size: Size,
}

impl Rect {
    pub(super) fn right(&self) -> f64 {
        self.at.x + self.size.width
    }

    pub(super) fn bottom(&self) -> f64 {
        self.at.y + self.size.height
    }
}

/// What is to be laid out: boxes in boxes, and arrows between them.
#[derive(Clone, Debug, Default)]
pub(super) struct Sketch {
    /// Parents before their children.
    pub(super) boxes: Vec<SketchBox>,
    /// None leads from a box to itself.
    pub(super) arrows: Vec<SketchArrow>,
    /// The outermost box where everything begins.
    pub(super) initial: Option<usize>,
}

/// A box.
#[derive(Clone, Debug)]
pub(super) struct SketchBox {
    pub(super) parent: Option<usize>,
    /// Of a frame (a box with boxes inside) the size of its heading, otherwise of the box.
    pub(super) size: Size,
    /// The child that is entered with a frame.
    pub(super) initial: Option<usize>,
}

/// An arrow.
#[derive(Clone, Debug)]
pub(super) struct SketchArrow {
    pub(super) source: usize,
    pub(super) target: usize,
    pub(super) label: Size,
}

/// Where everything stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub(super) size: Size,
    /// One for each box of the sketch.
    pub(super) boxes: Vec<Rect>,
    /// One for each arrow of the sketch.
    pub(super) arrows: Vec<Route>,
    /// The marks of what is entered first: the dot, and the line from it to a box.
    pub(super) starts: Vec<Vec<Point>>,
}

/// The way of an arrow.
#[derive(Clone, Debug, Default)]
pub(super) struct Route {
    /// From the source's border to the target's, each point straight above, below or beside the one before.
    pub(super) points: Vec<Point>,
    /// Where its label stands, on the line.
    pub(super) label: Rect,
}

/// Lays a sketch out. The same sketch gives the same plan, everywhere.
pub(super) fn lay_out(sketch: &Sketch) -> Plan {
    let mut pieces = Pieces::of(sketch);
    for level in pieces::outermost_first(sketch) {
        ranks::assign(sketch, &mut pieces, level);
    }
    let mut levels: Vec<Option<Level>> = vec![None; sketch.boxes.len() + 1];
    for level in pieces::outermost_first(sketch).into_iter().rev() {
        let mut layers = layers::Layers::of(sketch, &pieces, &levels, level);
        order::sort(&mut layers);
        columns::place(&mut layers);
        let placed = tracks::place(&layers);
        if let Some(slot) = levels.get_mut(pieces::slot(level)) {
            *slot = Some(placed);
        }
    }
    routes::join(sketch, &pieces, &levels)
}
