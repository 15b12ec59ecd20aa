//! The laws of the layout, on charts of every kind.

use proptest::prelude::*;

use super::*;

/// Boxes in boxes with arrows between them.
fn sketches() -> impl Strategy<Value = Sketch> {
    let boxes = prop::collection::vec((0_usize..100, 20_u32..120, 10_u32..40, any::<bool>()), 1..14);
    let arrows = prop::collection::vec((0_usize..100, 0_usize..100, 10_u32..110, 10_u32..40), 0..24);
    (boxes, arrows).prop_map(|(boxes, arrows)| {
        let mut sketch = Sketch { initial: Some(0), ..Sketch::default() };
        for (id, (parent, width, height, is_inner)) in boxes.iter().enumerate() {
            let parent = (*is_inner && id > 0).then(|| parent % id);
            let size = Size { width: f64::from(width * 2), height: f64::from(height * 2) };
            sketch.boxes.push(SketchBox { parent, size, initial: None });
            if let Some(parent) = parent {
                sketch.boxes[parent].initial.get_or_insert(id);
            }
        }
        let count = sketch.boxes.len();
        for (source, target, width, height) in arrows {
            let (source, target) = (source % count, target % count);
            let label = Size { width: f64::from(width * 2), height: f64::from(height) };
            let is_new =
                sketch.arrows.iter().filter(|arrow| (arrow.source, arrow.target) == (source, target)).count() < 3;
            if source != target && is_new {
                sketch.arrows.push(SketchArrow { source, target, label });
            }
        }
        sketch
    })
}

fn around(sketch: &Sketch, id: usize) -> Vec<usize> {
    std::iter::successors(Some(id), |id| sketch.boxes[*id].parent).collect()
}

fn is_frame(sketch: &Sketch, id: usize) -> bool {
    sketch.boxes.iter().any(|other| other.parent == Some(id))
}

fn is_inside(inner: &Rect, outer: &Rect) -> bool {
    inner.at.x >= outer.at.x
        && inner.at.y >= outer.at.y
        && inner.right() <= outer.right()
        && inner.bottom() <= outer.bottom()
}

fn overlap(one: &Rect, other: &Rect) -> bool {
    one.at.x < other.right() && other.at.x < one.right() && one.at.y < other.bottom() && other.at.y < one.bottom()
}

/// The stretches of a line, as rectangles without width.
fn stretches(points: &[Point]) -> Vec<Rect> {
    let stretch = |pair: &[Point]| Rect {
        at: Point { x: pair[0].x.min(pair[1].x), y: pair[0].y.min(pair[1].y) },
        size: Size { width: (pair[0].x - pair[1].x).abs(), height: (pair[0].y - pair[1].y).abs() },
    };
    points.windows(2).map(stretch).collect()
}

/// Whether a point lies on the border of a rectangle.
fn is_on_border(point: &Point, rect: &Rect) -> bool {
    let near = |one: f64, other: f64| (one - other).abs() < 0.5;
    let across = point.x >= rect.at.x - 0.5 && point.x <= rect.right() + 0.5;
    across && (near(point.y, rect.at.y) || near(point.y, rect.bottom()))
}

/// Fails when a law does not hold of the sketch's plan.
pub(in crate::drawing) fn check(sketch: &Sketch) {
    let plan = lay_out(sketch);
    let whole = Rect { at: Point::default(), size: plan.size };
    for (id, rect) in plan.boxes.iter().enumerate() {
        assert!(
            is_inside(rect, &sketch.boxes[id].parent.map_or(whole, |parent| plan.boxes[parent])),
            "{id} is not inside"
        );
        for (other, beside) in plan.boxes.iter().enumerate().skip(id + 1) {
            let nested = around(sketch, id).contains(&other) || around(sketch, other).contains(&id);
            assert!(nested || !overlap(rect, beside), "the boxes {id} and {other} overlap");
        }
    }
    for (id, (arrow, route)) in sketch.arrows.iter().zip(&plan.arrows).enumerate() {
        let (Some(first), Some(last)) = (route.points.first(), route.points.last()) else { panic!("{id} has no line") };
        assert!(is_on_border(first, &plan.boxes[arrow.source]), "{id} does not begin at its source");
        assert!(is_on_border(last, &plan.boxes[arrow.target]), "{id} does not end at its target");
        assert!(is_inside(&route.label, &whole), "the label of {id} is outside");
        let ends: Vec<usize> = around(sketch, arrow.source).into_iter().chain(around(sketch, arrow.target)).collect();
        for stretch in stretches(&route.points) {
            assert!(stretch.size.width == 0.0 || stretch.size.height == 0.0, "{id} runs aslant");
            for (other, rect) in plan.boxes.iter().enumerate().filter(|(other, _)| !ends.contains(other)) {
                assert!(!overlap(&stretch, rect), "{id} runs through the box {other}");
            }
            for (other, beside) in plan.arrows.iter().enumerate().filter(|(other, _)| *other != id) {
                assert!(!overlap(&stretch, &beside.label), "{id} runs through the label of {other}");
            }
        }
        for (other, beside) in plan.arrows.iter().enumerate().skip(id + 1) {
            assert!(!overlap(&route.label, &beside.label), "the labels of {id} and {other} overlap");
        }
        for (other, rect) in plan.boxes.iter().enumerate().filter(|(other, _)| !is_frame(sketch, *other)) {
            assert!(!overlap(&route.label, rect), "the label of {id} lies on the box {other}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn nothing_overlaps_and_every_arrow_leads_from_its_source_to_its_target(sketch in sketches()) {
        check(&sketch);
    }
}

fn three_boxes(arrows: &[(usize, usize)]) -> Sketch {
    let size = Size { width: 100.0, height: 40.0 };
    let label = Size { width: 60.0, height: 24.0 };
    Sketch {
        boxes: vec![SketchBox { parent: None, size, initial: None }; 3],
        arrows: arrows.iter().map(|(source, target)| SketchArrow { source: *source, target: *target, label }).collect(),
        initial: Some(0),
    }
}

#[test]
fn what_follows_each_other_stands_beneath_each_other_on_straight_lines() {
    let plan = lay_out(&three_boxes(&[(0, 1), (1, 2)]));
    assert!(plan.boxes.iter().all(|rect| (rect.at.x - plan.boxes[0].at.x).abs() < 0.01), "{:?}", plan.boxes);
    assert!(plan.boxes[0].bottom() < plan.boxes[1].at.y && plan.boxes[1].bottom() < plan.boxes[2].at.y);
    assert!(plan.arrows.iter().all(|route| route.points.len() == 2), "{:?}", plan.arrows);
}

#[test]
fn a_line_that_passes_a_box_goes_round_it_and_one_that_leads_back_runs_upwards() {
    let sketch = three_boxes(&[(0, 1), (1, 2), (0, 2), (2, 0)]);
    check(&sketch);
    let back = &lay_out(&sketch).arrows[3].points;
    assert!(back.windows(2).all(|pair| pair[1].y <= pair[0].y), "{back:?}");
}
