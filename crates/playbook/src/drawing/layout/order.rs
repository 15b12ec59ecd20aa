//! The order of each row, from left to right: nodes stand near what they are connected with, so that few lines cross.

use super::layers::{Kind, Layers};

/// How often the rows are gone through, down and up again.
const SWEEPS: usize = 24;

/// Sorts every row.
pub(super) fn sort(layers: &mut Layers) {
    let links = Links::of(layers);
    let mut best = (links.crossings(&layers.rows), layers.rows.clone());
    for sweep in 0..SWEEPS {
        let mut order: Vec<usize> = (0..layers.rows.len()).collect();
        if sweep % 2 == 1 {
            order.reverse();
        }
        for layer in order {
            sort_row(layers, &links, layer, sweep % 2 == 0);
        }
        exchange_neighbours(layers, &links);
        let crossings = links.crossings(&layers.rows);
        if crossings < best.0 {
            best = (crossings, layers.rows.clone());
        }
    }
    layers.rows = best.1;
}

/// What is connected from one row to the next.
struct Links {
    /// By the row of the upper node: the upper and the lower node, each with where it is met, as a share of its width.
    by_row: Vec<Vec<[(usize, f64); 2]>>,
}

impl Links {
    fn of(layers: &Layers) -> Self {
        let mut by_row = vec![Vec::new(); layers.rows.len()];
        for (chain, at, upper, lower) in layers.steps() {
            let (above, below) = layers.offsets(chain, at);
            let share = |node: usize, offset: f64| (node, offset / layers.nodes[node].size.width.max(1.0));
            by_row[layers.nodes[upper].layer].push([share(upper, above), share(lower, below)]);
        }
        Self { by_row }
    }

    fn crossings(&self, rows: &[Vec<usize>]) -> usize {
        (1..rows.len()).map(|lower| self.crossings_between(rows, lower - 1)).sum()
    }

    /// How many lines cross between a row and the next.
    fn crossings_between(&self, rows: &[Vec<usize>], upper: usize) -> usize {
        let (Some(links), Some(above), Some(below)) = (self.by_row.get(upper), rows.get(upper), rows.get(upper + 1))
        else {
            return 0;
        };
        let ends: Vec<(f64, f64)> =
            links.iter().map(|[one, other]| (position(above, one), position(below, other))).collect();
        let pairs =
            ends.iter().enumerate().flat_map(|(at, one)| ends.iter().skip(at + 1).map(move |other| (one, other)));
        pairs.filter(|(one, other)| (one.0 - other.0) * (one.1 - other.1) < 0.0).count()
    }
}

#[expect(clippy::cast_precision_loss, reason = "rows are short")]
fn position(row: &[usize], end: &(usize, f64)) -> f64 {
    row.iter().position(|node| *node == end.0).map_or(0.0, |at| at as f64 + end.1)
}

/// Sorts a row by the mean position of what its nodes are connected with in the row before (or behind).
fn sort_row(layers: &mut Layers, links: &Links, layer: usize, downwards: bool) {
    let (gap, other) = match (downwards, layer.checked_sub(1)) {
        (true, Some(above)) => (above, above),
        (true, None) => return,
        (false, _) => (layer, layer + 1),
    };
    let Some(neighbours) = layers.rows.get(other) else { return };
    let mut keyed: Vec<(f64, usize)> = Vec::new();
    for node in &layers.rows[layer] {
        let towards = links.by_row[gap].iter().filter_map(|[upper, lower]| {
            let (own, far) = if downwards { (lower, upper) } else { (upper, lower) };
            // Lines that meet a wide box at different places stand in the order of those places.
            (own.0 == *node).then(|| position(neighbours, far) - own.1 * 0.5)
        });
        let towards: Vec<f64> = towards.collect();
        #[expect(clippy::cast_precision_loss, reason = "rows are short")]
        let mean = match towards.is_empty() {
            true => position(&layers.rows[layer], &(*node, 0.0)),
            false => towards.iter().sum::<f64>() / towards.len() as f64,
        };
        keyed.push((if layers.nodes[*node].kind == Kind::Heading { f64::NEG_INFINITY } else { mean }, *node));
    }
    keyed.sort_by(|one, other| one.0.total_cmp(&other.0));
    layers.rows[layer] = keyed.into_iter().map(|(_, node)| node).collect();
}

/// Exchanges neighbours wherever that saves a crossing.
fn exchange_neighbours(layers: &mut Layers, links: &Links) {
    for layer in 0..layers.rows.len() {
        for at in 1..layers.rows[layer].len() {
            if layers.nodes[layers.rows[layer][at - 1]].kind == Kind::Heading {
                continue;
            }
            let around = |rows: &[Vec<usize>]| {
                let above = layer.checked_sub(1).map_or(0, |above| links.crossings_between(rows, above));
                above + links.crossings_between(rows, layer)
            };
            let before = around(&layers.rows);
            layers.rows[layer].swap(at - 1, at);
            if around(&layers.rows) >= before {
                layers.rows[layer].swap(at - 1, at);
            }
        }
    }
}
