//! Which box stands above which: cycles are broken where they lead back to the beginning, and every box stands below
//! all that lead to it otherwise.

use super::Sketch;
use super::pieces::{End, LevelId, Pieces, children};

/// How often boxes are drawn nearer to their neighbours.
const ROUNDS: usize = 8;

/// Gives every box of the level its rank, and every arrow whose ends meet in it its direction.
pub(super) fn assign(sketch: &Sketch, pieces: &mut Pieces, level: LevelId) {
    let boxes = children(sketch, level);
    let initial = match level {
        Some(frame) => sketch.boxes[frame].initial,
        None => sketch.initial,
    };
    let links: Vec<(usize, usize, usize)> = pieces
        .in_level(level)
        .filter_map(|(_, piece)| match (piece.from, piece.to) {
            (End::Box(from), End::Box(to)) => Some((piece.arrow, from, to)),
            _ => None,
        })
        .collect();
    let met = first_met(&boxes, initial, &links);
    let back = |from: usize, to: usize| met.is_back(from, to);
    for (arrow, from, to) in &links {
        pieces.turn(*arrow, !back(*from, *to));
    }
    let down: Vec<(usize, usize)> =
        links.iter().map(|(_, from, to)| if back(*from, *to) { (*to, *from) } else { (*from, *to) }).collect();
    let mut ranks = vec![0_usize; sketch.boxes.len()];
    for id in met.left.iter().rev() {
        for (_, lower) in down.iter().filter(|(upper, _)| upper == id) {
            ranks[*lower] = ranks[*lower].max(ranks[*id] + 1);
        }
    }
    draw_nearer(&boxes, initial, &down, &mut ranks);
    for id in boxes {
        pieces.ranks[id] = ranks[id];
    }
}

/// A walk along the links, depth first.
struct Walk {
    /// When each box was left for good, the first first; read backwards no link leads up but those that lead back.
    left: Vec<usize>,
}

impl Walk {
    /// Whether a link leads to a box that the walk was still in: it closes a circle.
    fn is_back(&self, from: usize, to: usize) -> bool {
        let position = |id: usize| self.left.iter().position(|other| *other == id);
        position(to) > position(from)
    }
}

fn first_met(boxes: &[usize], initial: Option<usize>, links: &[(usize, usize, usize)]) -> Walk {
    let mut walk = Walk { left: Vec::new() };
    let mut seen = Vec::new();
    for root in initial.iter().chain(boxes) {
        // A stack of its own: charts may be deep.
        let mut path: Vec<(usize, usize)> = vec![(*root, 0)];
        if seen.contains(root) {
            continue;
        }
        seen.push(*root);
        while let Some((id, next)) = path.last_mut() {
            let out = links.iter().filter(|(_, from, _)| from == id).nth(*next);
            *next += 1;
            match out {
                Some((_, _, to)) if !seen.contains(to) => {
                    seen.push(*to);
                    path.push((*to, 0));
                }
                Some(_) => {}
                None => walk.left.extend(path.pop().map(|(id, _)| id)),
            }
        }
    }
    walk
}

/// Moves boxes within their freedom to where the links are shortest; among equal places to the highest.
fn draw_nearer(boxes: &[usize], initial: Option<usize>, down: &[(usize, usize)], ranks: &mut [usize]) {
    for _ in 0..ROUNDS {
        for id in boxes.iter().filter(|id| Some(**id) != initial) {
            let above: Vec<usize> =
                down.iter().filter(|(_, lower)| lower == id).map(|(upper, _)| ranks[*upper]).collect();
            let below: Vec<usize> =
                down.iter().filter(|(upper, _)| upper == id).map(|(_, lower)| ranks[*lower]).collect();
            let highest = above.iter().max().map_or(0, |rank| rank + 1);
            // More links to below than from above: as low as possible.
            if let Some(lowest) = below.iter().min()
                && below.len() > above.len()
            {
                ranks[*id] = lowest.saturating_sub(1).max(highest);
            } else {
                ranks[*id] = highest;
            }
        }
    }
}
