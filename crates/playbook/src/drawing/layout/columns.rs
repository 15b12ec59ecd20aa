//! Horizontal positions. A line keeps one position through all rows it passes, as far as it can; boxes stand in the middle
//! of their lines.

use super::layers::{Kind, Layers};
use super::straighten::straighten;

/// Free space between lines, and between anything else.
const BETWEEN_LINES: f64 = 8.0;
const BETWEEN: f64 = 20.0;
/// How near lines may meet a box side by side, and how near to its corner.
const BETWEEN_ENDS: f64 = 14.0;
pub(super) const FROM_CORNER: f64 = 12.0;
/// How often everything moves towards what it is connected with, and how far each time.
const ROUNDS: usize = 240;
const EAGERNESS: f64 = 0.6;

/// Places every node, and where lines meet boxes.
pub(super) fn place(layers: &mut Layers) {
    let columns = Columns::of(layers);
    let mut x = columns.spread(&vec![0.0; columns.members.len()]);
    for _ in 0..ROUNDS {
        x = columns.spread(&columns.pulled(layers, &x));
    }
    straighten(layers, &columns, &mut x);
    for (column, members) in columns.members.iter().enumerate() {
        for node in members {
            layers.nodes[*node].x = x[column].round();
        }
    }
    move_heading(layers);
    meet_boxes(layers);
}

/// Nodes that stand at the same position, and what stands left of what.
#[derive(Default)]
pub(super) struct Columns {
    /// The nodes of each.
    members: Vec<Vec<usize>>,
    /// The column of each node.
    pub(super) of: Vec<usize>,
    /// Left column, right column, least distance.
    pub(super) apart: Vec<(usize, usize, f64)>,
    /// The columns, each after all that stand left of it.
    sorted: Vec<usize>,
}

impl Columns {
    fn of(layers: &Layers) -> Self {
        // Where straight lines cross each other they cannot both stay straight: then every row is for itself.
        Self::joined(layers, &straight(layers)).or_else(|| Self::joined(layers, &[])).unwrap_or_default()
    }

    /// The columns when these nodes stand beneath each other; `None` when that goes round in a circle.
    fn joined(layers: &Layers, joints: &[(usize, usize)]) -> Option<Self> {
        let mut of: Vec<usize> = (0..layers.nodes.len()).collect();
        for (upper, lower) in joints {
            let (from, to) = (of[*lower], of[*upper]);
            of.iter_mut().filter(|column| **column == from).for_each(|column| *column = to);
        }
        let mut members = vec![Vec::new(); layers.nodes.len()];
        for (node, column) in of.iter().enumerate() {
            members[*column].push(node);
        }
        let mut apart = Vec::new();
        for row in &layers.rows {
            for pair in row.windows(2) {
                let [left, right] = pair else { continue };
                let (one, other) = (&layers.nodes[*left], &layers.nodes[*right]);
                let is_line = |kind| matches!(kind, Kind::Bend | Kind::Port);
                let space = if is_line(one.kind) && is_line(other.kind) { BETWEEN_LINES } else { BETWEEN };
                apart.push((of[*left], of[*right], (one.size.width + other.size.width) / 2.0 + space));
            }
        }
        let sorted = sorted(members.len(), &apart)?;
        Some(Self { members, of, apart, sorted })
    }

    /// The nearest places at which all keep their distance: pushed apart to the right, and to the left, and the middle of both.
    fn spread(&self, wanted: &[f64]) -> Vec<f64> {
        let (mut right, mut left) = (wanted.to_vec(), wanted.to_vec());
        for column in &self.sorted {
            for (one, other, distance) in self.apart.iter().filter(|(one, _, _)| one == column) {
                right[*other] = right[*other].max(right[*one] + distance);
            }
        }
        for column in self.sorted.iter().rev() {
            for (one, other, distance) in self.apart.iter().filter(|(_, other, _)| other == column) {
                left[*one] = left[*one].min(left[*other] - distance);
            }
        }
        right.iter().zip(&left).map(|(right, left)| f64::midpoint(*right, *left)).collect()
    }

    /// Where everything would like to be.
    fn pulled(&self, layers: &Layers, x: &[f64]) -> Vec<f64> {
        let mut sums = vec![(0.0, 0.0); x.len()];
        let mut pull = |column: usize, to: f64, weight: f64| {
            sums[column].0 += to * weight;
            sums[column].1 += weight;
        };
        for (chain, at, upper, lower) in layers.steps() {
            let (above, below) = (self.of[upper], self.of[lower]);
            if above == below {
                continue;
            }
            let distance = x[below] - x[above];
            let chain = &layers.chains[chain];
            let rest = match (at == 0, at + 2 == chain.nodes.len()) {
                (true, _) => resting(layers, upper, chain.is_fixed[0], chain.meets[0], distance),
                (_, true) => {
                    let (rest, weight) = resting(layers, lower, chain.is_fixed[1], chain.meets[1], -distance);
                    (-rest, weight)
                }
                _ => (0.0, 4.0),
            };
            pull(below, x[above] + rest.0, rest.1);
            pull(above, x[below] - rest.0, rest.1);
        }
        let leftmost = leftmost(layers, |node| x[self.of[node]]);
        for (node, it) in layers.nodes.iter().enumerate().filter(|(_, node)| node.kind == Kind::Heading) {
            pull(self.of[node], leftmost + it.size.width / 2.0, 1.0);
        }
        let moved = |(x, (sum, weight)): (&f64, (f64, f64))| {
            if weight > 0.0 { x + (sum / weight - x) * EAGERNESS } else { *x }
        };
        x.iter().zip(sums).map(moved).collect()
    }
}

/// How far from a box's centre a line likes to run that now runs `distance` from it, and how much it minds.
fn resting(layers: &Layers, node: usize, is_fixed: bool, meets: f64, distance: f64) -> (f64, f64) {
    if is_fixed && matches!(layers.nodes[node].kind, Kind::Box(_)) {
        return (meets, 4.0);
    }
    let reach = (layers.nodes[node].size.width / 2.0 - FROM_CORNER).max(0.0);
    let is_beside = distance.abs() > reach;
    (distance.clamp(-reach, reach) * 0.8, if is_beside { 1.0 } else { 0.5 })
}

/// The steps that can be straight: between nodes of one line, where no other such step crosses.
fn straight(layers: &Layers) -> Vec<(usize, usize)> {
    let is_line = |node: usize| matches!(layers.nodes[node].kind, Kind::Bend | Kind::Label(_) | Kind::Port);
    let at = |node: usize| layers.rows[layers.nodes[node].layer].iter().position(|other| *other == node);
    let mut kept: Vec<(usize, usize)> = Vec::new();
    for (_, _, upper, lower) in layers.steps().filter(|(_, _, upper, lower)| is_line(*upper) && is_line(*lower)) {
        let crosses = |(one, other): &(usize, usize)| {
            layers.nodes[*one].layer == layers.nodes[upper].layer && (at(*one) < at(upper)) != (at(*other) < at(lower))
        };
        if !kept.iter().any(crosses) {
            kept.push((upper, lower));
        }
    }
    kept
}

/// The columns in an order in which left comes before right; `None` when there is none.
fn sorted(count: usize, apart: &[(usize, usize, f64)]) -> Option<Vec<usize>> {
    let mut waiting = vec![0_usize; count];
    for (_, right, _) in apart {
        waiting[*right] += 1;
    }
    let mut sorted: Vec<usize> = (0..count).filter(|column| waiting[*column] == 0).collect();
    let mut next = 0;
    while let Some(column) = sorted.get(next).copied() {
        next += 1;
        for (_, right, _) in apart.iter().filter(|(left, _, _)| *left == column) {
            waiting[*right] -= 1;
            if waiting[*right] == 0 {
                sorted.push(*right);
            }
        }
    }
    (sorted.len() == count).then_some(sorted)
}

fn leftmost(layers: &Layers, x: impl Fn(usize) -> f64) -> f64 {
    let edges = layers.nodes.iter().enumerate().filter(|(_, node)| node.kind != Kind::Heading);
    edges.map(|(id, node)| x(id) - node.size.width / 2.0).fold(f64::INFINITY, f64::min)
}

/// The heading is the first of its row: it can go as far left as it likes.
fn move_heading(layers: &mut Layers) {
    let leftmost = leftmost(layers, |node| layers.nodes[node].x);
    for node in layers.nodes.iter_mut().filter(|node| node.kind == Kind::Heading) {
        node.x = node.x.min(leftmost + node.size.width / 2.0);
    }
}

/// Decides where lines meet boxes: straight beneath or above where they come from if they can, and apart from each other.
fn meet_boxes(layers: &mut Layers) {
    for node in 0..layers.nodes.len() {
        if !matches!(layers.nodes[node].kind, Kind::Box(_)) {
            continue;
        }
        for side in [0, 1] {
            meet(layers, node, side);
        }
    }
}

/// Side 0 is where lines begin that lead down from the box, side 1 where those end that come from above.
fn meet(layers: &mut Layers, node: usize, side: usize) {
    let end = |nodes: &[usize]| match side {
        0 => (nodes.first().copied(), nodes.get(1).copied()),
        _ => (nodes.last().copied(), nodes.len().checked_sub(2).and_then(|at| nodes.get(at)).copied()),
    };
    let here = layers.chains.iter().enumerate().filter(|(_, chain)| end(&chain.nodes).0 == Some(node));
    let (fixed, free): (Vec<_>, Vec<_>) = here.partition(|(_, chain)| chain.is_fixed[side]);
    let taken: Vec<f64> = fixed.iter().map(|(_, chain)| chain.meets[side]).collect();
    let centre = layers.nodes[node].x;
    let place = |next: usize| layers.rows[layers.nodes[next].layer].iter().position(|other| *other == next);
    let mut free: Vec<(usize, f64, Option<usize>)> = free
        .into_iter()
        .filter_map(|(id, chain)| end(&chain.nodes).1.map(|next| (id, layers.nodes[next].x - centre, place(next))))
        .collect();
    free.sort_by_key(|(id, _, place)| (*place, *id));
    let reach = (layers.nodes[node].size.width / 2.0 - FROM_CORNER).max(0.0);
    let wanted: Vec<f64> = free.iter().map(|(_, wanted, _)| *wanted).collect();
    let mut met = side_by_side(&wanted, reach);
    for (at, (id, _, _)) in free.iter().enumerate() {
        let others: Vec<f64> = taken.iter().chain(met.iter().take(at)).copied().collect();
        if !taken.is_empty() {
            met[at] = nearest_free(met[at], &others, reach);
        }
        layers.chains[*id].meets[side] = met[at];
    }
}

/// The nearest places in this order, apart from each other and within reach of the middle.
#[expect(clippy::cast_precision_loss, reason = "few lines meet a box")]
fn side_by_side(wanted: &[f64], reach: f64) -> Vec<f64> {
    let last = wanted.len().saturating_sub(1) as f64;
    let apart = if last > 0.0 { BETWEEN_ENDS.min(2.0 * reach / last) } else { 0.0 };
    let (mut right, mut left) = (wanted.to_vec(), wanted.to_vec());
    for at in 1..wanted.len() {
        right[at] = right[at].max(right[at - 1] + apart);
    }
    for at in (1..wanted.len()).rev() {
        left[at - 1] = left[at - 1].min(left[at] - apart);
    }
    let places = right.iter().zip(&left).enumerate();
    places
        .map(|(at, (right, left))| {
            let least = -reach + at as f64 * apart;
            let most = reach - (last - at as f64) * apart;
            f64::midpoint(*right, *left).clamp(least, most.max(least))
        })
        .collect()
}

/// The place nearest to `wanted` that is free; `wanted` itself when none is.
fn nearest_free(wanted: f64, taken: &[f64], reach: f64) -> f64 {
    let is_free = |x: &f64| x.abs() <= reach && taken.iter().all(|other| (other - x).abs() >= BETWEEN_ENDS - 0.5);
    let tried = (0..200).flat_map(|step| [wanted + f64::from(step) * 2.0, wanted - f64::from(step) * 2.0]);
    tried.into_iter().find(is_free).unwrap_or(wanted)
}
