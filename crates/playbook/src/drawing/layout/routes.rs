//! The levels put into each other, and the pieces of each arrow joined to one line.

use super::pieces::{LevelId, Pieces, outermost_first, slot};
use super::tracks::Level;
use super::{Plan, Point, Rect, Route, Sketch};

/// Puts everything together, in positions from the top left of the whole.
pub(super) fn join(sketch: &Sketch, pieces: &Pieces, levels: &[Option<Level>]) -> Plan {
    let mut plan = Plan {
        boxes: vec![Rect::default(); sketch.boxes.len()],
        arrows: vec![Route::default(); sketch.arrows.len()],
        ..Plan::default()
    };
    for id in outermost_first(sketch) {
        let Some(level) = levels.get(slot(id)).and_then(Option::as_ref) else { continue };
        let corner = corner(&plan, id);
        if id.is_none() {
            plan.size = level.size;
        }
        for (inner, rect) in &level.boxes {
            plan.boxes[*inner] = Rect { at: moved(rect.at, corner), size: rect.size };
        }
        for (arrow, rect) in &level.labels {
            plan.arrows[*arrow].label = Rect { at: moved(rect.at, corner), size: rect.size };
        }
        plan.starts.extend(level.start.iter().map(|line| tidied(line.iter().map(|point| moved(*point, corner)))));
    }
    for (id, piece) in pieces.all.iter().enumerate() {
        let level = levels.get(slot(piece.level)).and_then(Option::as_ref);
        let Some(line) = level.and_then(|level| level.lines.get(&id)) else { continue };
        let corner = corner(&plan, piece.level);
        let line = line.iter().map(|point| moved(*point, corner));
        let points = &mut plan.arrows[piece.arrow].points;
        if piece.is_down { points.extend(line) } else { points.extend(line.rev()) }
    }
    for route in &mut plan.arrows {
        route.points = tidied(std::mem::take(&mut route.points).into_iter());
    }
    plan
}

fn corner(plan: &Plan, level: LevelId) -> Point {
    level.map_or(Point::default(), |frame| plan.boxes[frame].at)
}

fn moved(point: Point, by: Point) -> Point {
    Point { x: point.x + by.x, y: point.y + by.y }
}

/// The same line without points that it does not turn at.
fn tidied(line: impl Iterator<Item = Point>) -> Vec<Point> {
    let same = |one: f64, other: f64| (one - other).abs() < 0.01;
    let mut points: Vec<Point> = Vec::new();
    for point in line {
        if let [.., before, last] = points.as_slice() {
            let straight =
                same(before.x, last.x) && same(last.x, point.x) || same(before.y, last.y) && same(last.y, point.y);
            if straight || (same(last.x, point.x) && same(last.y, point.y)) {
                points.pop();
            }
        }
        points.push(point);
    }
    points
}
