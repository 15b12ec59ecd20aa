//! The pieces that frames cut arrows into.

use super::Sketch;

/// A frame, or the whole drawing.
pub(super) type LevelId = Option<usize>;

/// Where a piece begins or ends: at a box that stands directly in the level, or at the level's own border.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Box(usize),
    Border,
}

/// The part of an arrow that lies in one level.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) arrow: usize,
    pub(super) level: LevelId,
    pub(super) from: End,
    pub(super) to: End,
    /// Whether the label stands here: in the level that the arrow's source stands in.
    pub(super) is_labelled: bool,
    /// Whether it runs downwards; [`super::ranks`] decides.
    pub(super) is_down: bool,
}

/// The pieces of all arrows.
#[derive(Clone, Debug)]
pub(super) struct Pieces {
    /// In the order of the arrows, and of each from its source to its target.
    pub(super) all: Vec<Piece>,
    /// The rank of each box among its siblings, from 0 at the top.
    pub(super) ranks: Vec<usize>,
}

/// The position of a level in a list with one entry for the whole and one for each box.
pub(super) fn slot(level: LevelId) -> usize {
    level.map_or(0, |frame| frame + 1)
}

/// The boxes that stand directly in a level, in the order of the sketch.
pub(super) fn children(sketch: &Sketch, level: LevelId) -> Vec<usize> {
    (0..sketch.boxes.len()).filter(|id| sketch.boxes[*id].parent == level).collect()
}

/// The whole, and every frame after those around it.
pub(super) fn outermost_first(sketch: &Sketch) -> Vec<LevelId> {
    let is_frame = |id: &usize| sketch.boxes.iter().any(|other| other.parent == Some(*id));
    std::iter::once(None).chain((0..sketch.boxes.len()).filter(is_frame).map(Some)).collect()
}

/// A box and those around it, innermost first.
fn line(sketch: &Sketch, id: usize) -> Vec<usize> {
    std::iter::successors(Some(id), |id| sketch.boxes[*id].parent).collect()
}

impl Pieces {
    /// Cuts every arrow of the sketch.
    pub(super) fn of(sketch: &Sketch) -> Self {
        let all = (0..sketch.arrows.len()).flat_map(|arrow| cut(sketch, arrow)).collect();
        Self { all, ranks: vec![0; sketch.boxes.len()] }
    }

    /// The pieces in a level, by their position in [`Self::all`].
    pub(super) fn in_level(&self, level: LevelId) -> impl Iterator<Item = (usize, &Piece)> {
        self.all.iter().enumerate().filter(move |(_, piece)| piece.level == level)
    }

    /// Says of every piece of an arrow whether it runs downwards.
    pub(super) fn turn(&mut self, arrow: usize, is_down: bool) {
        self.all.iter_mut().filter(|piece| piece.arrow == arrow).for_each(|piece| piece.is_down = is_down);
    }
}

fn cut(sketch: &Sketch, arrow: usize) -> Vec<Piece> {
    let (source, target) = (sketch.arrows[arrow].source, sketch.arrows[arrow].target);
    let (from, to) = (line(sketch, source), line(sketch, target));
    let piece = |level, from, to, is_labelled| Piece { arrow, level, from, to, is_labelled, is_down: true };
    if to.contains(&source) {
        // Into a frame from its own border: no piece outside.
        let inside = to.iter().take_while(|id| **id != source).copied().collect::<Vec<_>>();
        return inwards(sketch, &inside, |level, end| piece(level, End::Border, end, level == Some(source)));
    }
    if from.contains(&target) {
        let inside = from.iter().take_while(|id| **id != target).copied();
        return inside.map(|id| piece(sketch.boxes[id].parent, End::Box(id), End::Border, id == source)).collect();
    }
    let below: Vec<usize> = from.iter().take_while(|id| !to.contains(id)).copied().collect();
    let into: Vec<usize> = to.iter().take_while(|id| !from.contains(id)).copied().collect();
    let mut pieces = Vec::new();
    for id in below.iter().take(below.len().saturating_sub(1)) {
        pieces.push(piece(sketch.boxes[*id].parent, End::Box(*id), End::Border, *id == source));
    }
    if let (Some(one), Some(other)) = (below.last(), into.last()) {
        pieces.push(piece(sketch.boxes[*one].parent, End::Box(*one), End::Box(*other), *one == source));
    }
    let inside = into.get(..into.len().saturating_sub(1)).unwrap_or_default();
    pieces.extend(inwards(sketch, inside, |level, end| piece(level, End::Border, end, false)));
    pieces
}

/// The pieces from borders to the boxes `inside`, which are listed innermost first.
fn inwards(sketch: &Sketch, inside: &[usize], piece: impl Fn(LevelId, End) -> Piece) -> Vec<Piece> {
    inside.iter().rev().map(|id| piece(sketch.boxes[*id].parent, End::Box(*id))).collect()
}
