//! What can be wrong with the timers of a state.

use super::*;

#[test]
fn what_a_timer_misspells_is_told_with_what_was_meant() {
    let _quiet = quiet();
    insta::assert_snapshot!(told(&[(
        "x",
        "opens: [ api ]\nfields: { due: { type: text } }\nreopen: { within: 1 day, target: { target: a, max: 1 } }\ninitial: a\nstates:\n  a:\n    every:\n\
         \x20   - { at: mo 16:00, target: b }\n    - { at: MO 25:00, target: b }\n    - { at: 'MO,XX 16:00', target: b }\n\
         \x20   - { at: 16:00, late_until: MO 23:00, target: b }\n    - { at: MO 16:00 }\n    - { target: b }\n    - { at: MO 16:00, until: 17:00, target: c }\n\
         \x20   at:\n    - { time: deu, target: b }\n    - { target: b }\n    after: { 1h: { max: 0, target: b }, 2h: [ { max: 1, target: b }, a ] }\n\
         \x20 b: { every: MO 16:00, at: { time: due } }\n  c: { type: final, every: [ { at: MO 16:00, target: a } ] }\n"
    )]));
}
