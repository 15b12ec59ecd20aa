//! Vertical positions: rows beneath each other, and between them a track for every horizontal stretch of a line.

use std::collections::BTreeMap;

use super::layers::{Kind, Layers};
use super::{PADDING, Point, Rect, Size};

/// From a row to the next when no line turns between them; the half where one of them is empty.
const GAP: f64 = 26.0;
/// From a row to the first track, from one track to the next, and from the last to the row beneath: an arrow's head fits in.
const FIRST: f64 = 11.0;
const TRACK: f64 = 9.0;
const LAST: f64 = 15.0;

/// A level that is laid out: positions from its own top left corner.
#[derive(Clone, Debug, Default)]
pub(super) struct Level {
    pub(super) size: Size,
    /// Where the boxes that stand directly in it are.
    pub(super) boxes: Vec<(usize, Rect)>,
    /// The lines by their piece, from the top down.
    pub(super) lines: BTreeMap<usize, Vec<Point>>,
    /// Where the labels of arrows stand.
    pub(super) labels: Vec<(usize, Rect)>,
    /// The line from the dot to what is entered first.
    pub(super) start: Option<Vec<Point>>,
    /// Where each arrow passes the border, from the left.
    pub(super) ports: BTreeMap<usize, f64>,
}

/// Places everything of a level.
pub(super) fn place(layers: &Layers) -> Level {
    let left = layers.nodes.iter().map(|node| node.x - node.size.width / 2.0).fold(f64::INFINITY, f64::min);
    let right = layers.nodes.iter().map(|node| node.x + node.size.width / 2.0).fold(f64::NEG_INFINITY, f64::max);
    let shift = if layers.nodes.is_empty() { 0.0 } else { PADDING - left };
    let width = if layers.nodes.is_empty() { 0.0 } else { right - left };
    let turns = turns(layers);
    let (rows, heights, bottom) = stack(layers, &turns);
    let size = Size { width: (width + 2.0 * PADDING).ceil(), height: bottom.ceil() };
    let mut level = Level { size, ..Level::default() };
    let rect = |id: usize| {
        let node = &layers.nodes[id];
        let free = heights[node.layer] - node.size.height;
        let down = match node.kind {
            Kind::Box(_) => (free / 2.0).floor(),
            _ if node.hangs_low => free,
            _ => 0.0,
        };
        Rect { at: Point { x: node.x - node.size.width / 2.0 + shift, y: rows[node.layer] + down }, size: node.size }
    };
    for (id, node) in layers.nodes.iter().enumerate() {
        match node.kind {
            Kind::Box(inner) => level.boxes.push((inner, rect(id))),
            Kind::Label(arrow) => level.labels.push((arrow, rect(id))),
            _ => {}
        }
    }
    for (chain, it) in layers.chains.iter().enumerate() {
        let mut points = Vec::new();
        for (step, pair) in it.nodes.windows(2).enumerate() {
            let [upper, lower] = pair else { continue };
            let (above, below) = layers.offsets(chain, step);
            let (one, other) = (layers.nodes[*upper].x + above + shift, layers.nodes[*lower].x + below + shift);
            let beneath = if layers.nodes[*upper].kind == Kind::Port { 0.0 } else { rect(*upper).bottom() };
            let over = if layers.nodes[*lower].kind == Kind::Port { size.height } else { rect(*lower).at.y };
            points.push(Point { x: one, y: beneath });
            if let Some(turn) = turns.iter().find(|turn| turn.chain == chain && turn.step == step) {
                let row = layers.nodes[*upper].layer;
                let y = rows[row] + heights[row] + FIRST + f64::from(turn.track) * TRACK;
                points.extend([Point { x: one, y }, Point { x: other, y }]);
            }
            points.push(Point { x: other, y: over });
        }
        match it.piece {
            Some((piece, _)) => level.lines.extend([(piece, points)]),
            None => level.start = Some(points),
        }
    }
    level.ports = ports(layers, shift);
    level
}

/// The horizontal stretch of one step of a chain.
struct Turn {
    chain: usize,
    step: usize,
    row: usize,
    from: f64,
    to: f64,
    track: u32,
}

fn turns(layers: &Layers) -> Vec<Turn> {
    let mut turns: Vec<Turn> = layers
        .steps()
        .filter_map(|(chain, step, upper, lower)| {
            let (above, below) = layers.offsets(chain, step);
            let (from, to) = (layers.nodes[upper].x + above, layers.nodes[lower].x + below);
            let turns = (from - to).abs() > 0.01;
            turns.then(|| Turn { chain, step, row: layers.nodes[upper].layer, from, to, track: 0 })
        })
        .collect();
    // Of those that lead to the right the rightmost turns first, of those that lead to the left the leftmost: so they do
    // not cross.
    let key = |turn: &Turn| if turn.to > turn.from { -turn.from } else { turn.from };
    turns.sort_by(|one, other| {
        (one.row, key(one)).partial_cmp(&(other.row, key(other))).unwrap_or(std::cmp::Ordering::Equal)
    });
    for at in 0..turns.len() {
        let (before, rest) = turns.split_at_mut(at);
        let Some(turn) = rest.first_mut() else { continue };
        let meets = |other: &&Turn| {
            let apart = f64::max(turn.from.min(turn.to), other.from.min(other.to))
                - f64::min(turn.from.max(turn.to), other.from.max(other.to));
            other.row == turn.row && apart < TRACK
        };
        turn.track = before.iter().filter(meets).map(|other| other.track + 1).max().unwrap_or(0);
    }
    turns
}

/// Where each row begins, how high it is, and where the last one ends.
fn stack(layers: &Layers, turns: &[Turn]) -> (Vec<f64>, Vec<f64>, f64) {
    let heights: Vec<f64> = layers
        .rows
        .iter()
        .map(|row| row.iter().map(|node| layers.nodes[*node].size.height).fold(0.0, f64::max))
        .collect();
    let mut y = PADDING.min(if layers.level.is_some() { 14.0 } else { PADDING });
    let mut rows = Vec::new();
    for (row, height) in heights.iter().enumerate() {
        rows.push(y);
        let half = |row: Option<usize>| {
            if row.and_then(|row| heights.get(row)).is_some_and(|h| *h > 0.0) { GAP / 2.0 } else { 0.0 }
        };
        let is_last = row + 1 == heights.len();
        let plain = half(Some(row)) + if is_last { 0.0 } else { half(Some(row + 1)) };
        let tracks = turns.iter().filter(|turn| turn.row == row).map(|turn| turn.track + 1).max();
        let needed = tracks.map_or(0.0, |tracks| FIRST + f64::from(tracks - 1) * TRACK + LAST);
        y += height + plain.max(needed);
    }
    (rows, heights, y + PADDING / 2.0)
}

fn ports(layers: &Layers, shift: f64) -> BTreeMap<usize, f64> {
    let ends = layers.chains.iter().filter_map(|chain| {
        let port = [chain.nodes.first(), chain.nodes.last()]
            .into_iter()
            .flatten()
            .find(|node| layers.nodes[**node].kind == Kind::Port)?;
        Some((chain.piece?.1, layers.nodes[*port].x + shift))
    });
    ends.collect()
}
