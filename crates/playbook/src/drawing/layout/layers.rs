//! One level as rows of nodes: boxes, labels, and a bend wherever an arrow passes a row that is not its own.

use super::pieces::{End, LevelId, Piece, Pieces, children, slot};
use super::tracks::Level;
use super::{Size, Sketch};

/// Of each rank: its boxes, beneath them the labels of what leads down from it, then those of what leads up from the next.
const LAYERS_A_RANK: usize = 3;
/// The width that a line keeps for itself where it passes a row.
const LINE: f64 = 10.0;
/// The dot before what is entered first.
pub(in crate::drawing) const DOT: f64 = 10.0;

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Box(usize),
    Label(usize),
    /// Where a line passes a row.
    Bend,
    /// Where a line passes the level's border.
    Port,
    Start,
    Heading,
}

/// Something that takes a place in a row.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) layer: usize,
    pub(super) size: Size,
    /// The centre; [`super::columns`] decides.
    pub(super) x: f64,
    /// Whether it stands at the lower edge of its row.
    pub(super) hangs_low: bool,
}

/// A line through the level.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    /// Its piece and that one's arrow; `None` for the line from a dot.
    pub(super) piece: Option<(usize, usize)>,
    /// From the top down, one in each row it passes.
    pub(super) nodes: Vec<usize>,
    /// Where it meets its first and its last node, from the node's centre.
    pub(super) meets: [f64; 2],
    /// Whether that is settled, because the line goes on inside.
    pub(super) is_fixed: [bool; 2],
}

/// A level in rows.
#[derive(Clone, Debug)]
pub(super) struct Layers {
    pub(super) level: LevelId,
    pub(super) nodes: Vec<Node>,
    pub(super) chains: Vec<Chain>,
    /// The nodes of each row from left to right; [`super::order`] decides.
    pub(super) rows: Vec<Vec<usize>>,
    /// The levels of the children that are frames.
    pub(super) insides: Vec<(usize, Level)>,
}

impl Layers {
    /// Puts a level's boxes and pieces into rows.
    pub(super) fn of(sketch: &Sketch, pieces: &Pieces, levels: &[Option<Level>], level: LevelId) -> Self {
        let boxes = children(sketch, level);
        let last_rank = boxes.iter().map(|id| pieces.ranks[*id]).max().unwrap_or(0);
        let count = LAYERS_A_RANK * (last_rank + 2);
        let rows = vec![Vec::new(); count];
        let mut layers = Self { level, nodes: Vec::new(), chains: Vec::new(), rows, insides: Vec::new() };
        if let Some(frame) = level {
            layers.add(Kind::Heading, 0, sketch.boxes[frame].size);
        }
        for id in boxes {
            let inside = levels.get(slot(Some(id))).cloned().flatten();
            let size = inside.as_ref().map_or(sketch.boxes[id].size, |inside| inside.size);
            layers.insides.extend(inside.map(|inside| (id, inside)));
            layers.add(Kind::Box(id), LAYERS_A_RANK * (pieces.ranks[id] + 1), size);
        }
        layers.add_start(sketch);
        for (id, piece) in pieces.in_level(level) {
            layers.add_chain(sketch, id, piece);
        }
        layers
    }

    fn add(&mut self, kind: Kind, layer: usize, size: Size) -> usize {
        let id = self.nodes.len();
        self.nodes.push(Node { kind, layer, size, x: 0.0, hangs_low: false });
        self.rows[layer].push(id);
        id
    }

    fn node_of(&self, id: usize) -> Option<usize> {
        self.nodes.iter().position(|node| node.kind == Kind::Box(id))
    }

    fn add_start(&mut self, sketch: &Sketch) {
        let initial = match self.level {
            Some(frame) => sketch.boxes[frame].initial,
            None => sketch.initial,
        };
        let Some(node) = initial.and_then(|id| self.node_of(id)) else { return };
        let dot = self.add(Kind::Start, self.nodes[node].layer - 1, Size { width: DOT, height: DOT });
        self.nodes[dot].hangs_low = true;
        self.chains.push(Chain { piece: None, nodes: vec![dot, node], meets: [0.0; 2], is_fixed: [true, false] });
    }

    fn add_chain(&mut self, sketch: &Sketch, id: usize, piece: &Piece) {
        let bottom = self.rows.len() - 1;
        let line = Size { width: LINE, height: 0.0 };
        let (upper, lower) = if piece.is_down { (piece.from, piece.to) } else { (piece.to, piece.from) };
        let mut end = |end: End, border: usize| match end {
            End::Box(id) => self.node_of(id),
            End::Border => Some(self.add(Kind::Port, border, line)),
        };
        let (Some(first), Some(last)) = (end(upper, 0), end(lower, bottom)) else { return };
        let (top, low) = (self.nodes[first].layer, self.nodes[last].layer);
        let labelled = piece.is_labelled.then(|| if piece.is_down { top + 1 } else { low - 1 });
        let mut nodes = vec![first];
        for layer in top + 1..low {
            nodes.push(if labelled == Some(layer) {
                let node = self.add(Kind::Label(piece.arrow), layer, sketch.arrows[piece.arrow].label);
                self.nodes[node].hangs_low = !piece.is_down;
                node
            } else {
                self.add(Kind::Bend, layer, line)
            });
        }
        nodes.push(last);
        let mut chain = Chain { piece: Some((id, piece.arrow)), nodes, meets: [0.0; 2], is_fixed: [true; 2] };
        for (side, node) in [first, last].into_iter().enumerate() {
            let Kind::Box(id) = self.nodes[node].kind else { continue };
            let inside = self.insides.iter().find(|(frame, _)| *frame == id).map(|(_, inside)| inside);
            match inside.and_then(|inside| inside.ports.get(&piece.arrow)) {
                Some(port) => chain.meets[side] = port - self.nodes[node].size.width / 2.0,
                None => chain.is_fixed[side] = false,
            }
        }
        self.chains.push(chain);
    }

    /// Every step of a chain from one row to the next: the chain, the step's position in it, the upper and lower node.
    pub(super) fn steps(&self) -> impl Iterator<Item = (usize, usize, usize, usize)> {
        self.chains.iter().enumerate().flat_map(|(chain, it)| {
            it.nodes.windows(2).enumerate().filter_map(move |(at, pair)| match pair {
                [upper, lower] => Some((chain, at, *upper, *lower)),
                _ => None,
            })
        })
    }

    /// How far from the centres of its upper and its lower node a step runs.
    pub(super) fn offsets(&self, chain: usize, at: usize) -> (f64, f64) {
        let chain = &self.chains[chain];
        let upper = if at == 0 { chain.meets[0] } else { 0.0 };
        let lower = if at + 2 == chain.nodes.len() { chain.meets[1] } else { 0.0 };
        (upper, lower)
    }
}
