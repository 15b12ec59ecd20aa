//! Samples of the keys.

use desk::agents::keys::Keys;

use super::view::{KeyLine, KeysPage, KeysPart};
use super::{FIXED, SINGLE, key_of};
use crate::pages::frame::{Frame, Section};
use crate::pages::specimens::{ATTACK, Specimen};

/// Every sample.
#[must_use]
pub fn specimens(frame: &Frame) -> Vec<Specimen> {
    let line = |(action, _, text): (&'static str, &str, &str)| KeyLine {
        action,
        words: frame.t(text),
        key: key_of(&Keys::default(), action),
    };
    let keys: Vec<KeyLine> = SINGLE.into_iter().map(line).collect();
    let fixed = |(action, key): (&'static str, &str)| KeyLine { action, words: frame.t(action), key: key.to_owned() };
    let fixed: Vec<KeyLine> = FIXED.into_iter().map(fixed).collect();
    let usual = KeysPage {
        frame: frame.for_colleague(Section::Account),
        off: false,
        keys: keys.clone(),
        fixed: fixed.clone(),
        error: None,
        done: false,
    };
    let mut odd = keys.clone();
    odd.iter_mut().for_each(|line| ATTACK.clone_into(&mut line.key));
    let extreme = KeysPage { off: true, keys: odd, error: Some(ATTACK.to_owned()), done: true, ..usual.clone() };
    vec![
        Specimen::page("keys", "usual", &usual),
        Specimen::page("keys", "extreme", &extreme),
        Specimen::part("part-keys", "usual", &KeysPart { frame: frame.clone(), off: false, keys, fixed }),
    ]
}
