//! The last touch to horizontal positions: whatever can stand straight above or beneath what it is connected with does.

use super::columns::{Columns, FROM_CORNER};
use super::layers::{Kind, Layers};

/// How often: what moves gives its neighbours room.
const ROUNDS: usize = 6;
/// How far a line may be moved for that, and how far a box, which stands in the middle of its lines for a reason.
const LINES_GO: f64 = 60.0;
const BOXES_GO: f64 = 30.0;

/// From where to where a position may lie.
#[derive(Clone, Copy)]
struct Window {
    from: f64,
    to: f64,
}

impl Window {
    fn cut(self, other: Self) -> Option<Self> {
        let cut = Self { from: self.from.max(other.from), to: self.to.min(other.to) };
        (cut.from <= cut.to).then_some(cut)
    }
}

/// Moves columns, within the room they have, to where their lines need not turn.
pub(super) fn straighten(layers: &Layers, columns: &Columns, x: &mut [f64]) {
    let before = x.to_vec();
    for _ in 0..ROUNDS {
        for column in 0..x.len() {
            let is_box = matches!(layers.nodes.get(column).map(|node| node.kind), Some(Kind::Box(_)));
            let goes = if is_box { BOXES_GO } else { LINES_GO };
            let near = Window { from: before[column] - goes, to: before[column] + goes };
            let Some(room) = room(columns, column, x).and_then(|room| room.cut(near)) else { continue };
            // As many of its lines as agree, those that have the least choice first.
            let mut wishes = wishes(layers, columns, column, x);
            wishes.sort_by(|one, other| (one.to - one.from).total_cmp(&(other.to - other.from)));
            let agreed = wishes.into_iter().fold(room, |agreed, wish| agreed.cut(wish).unwrap_or(agreed));
            x[column] = x[column].clamp(agreed.from, agreed.to);
        }
    }
}

/// Where a column can go without coming too near to others; `None` for one that stands by itself.
fn room(columns: &Columns, column: usize, x: &[f64]) -> Option<Window> {
    let apart = columns.apart.iter();
    let from = apart.clone().filter(|(_, right, _)| *right == column).map(|(left, _, apart)| x[*left] + apart);
    let to = apart.filter(|(left, _, _)| *left == column).map(|(_, right, apart)| x[*right] - apart);
    let room = Window { from: from.fold(f64::NEG_INFINITY, f64::max), to: to.fold(f64::INFINITY, f64::min) };
    (room.from <= room.to).then_some(room)
}

/// For each line that leaves the column, where the column would have to be for it to be straight.
fn wishes(layers: &Layers, columns: &Columns, column: usize, x: &[f64]) -> Vec<Window> {
    let mut wishes = Vec::new();
    for (chain, at, upper, lower) in layers.steps() {
        let (above, below) = (columns.of[upper], columns.of[lower]);
        if above == below || (above != column && below != column) {
            continue;
        }
        let chain = &layers.chains[chain];
        let (first, last) = (at == 0, at + 2 == chain.nodes.len());
        let (from, to) = reach(layers, upper, first, chain.is_fixed[0], chain.meets[0]);
        let (least, most) = reach(layers, lower, last, chain.is_fixed[1], chain.meets[1]);
        // The line stands where both nodes can meet it.
        wishes.push(if above == column {
            Window { from: x[below] + least - to, to: x[below] + most - from }
        } else {
            Window { from: x[above] + from - most, to: x[above] + to - least }
        });
    }
    wishes
}

/// Between which offsets from its centre a node can meet a line.
fn reach(layers: &Layers, node: usize, is_end: bool, is_fixed: bool, meets: f64) -> (f64, f64) {
    match layers.nodes[node].kind {
        Kind::Box(_) if is_end && !is_fixed => {
            let reach = (layers.nodes[node].size.width / 2.0 - FROM_CORNER).max(0.0);
            (-reach, reach)
        }
        Kind::Box(_) if is_end => (meets, meets),
        _ => (0.0, 0.0),
    }
}
