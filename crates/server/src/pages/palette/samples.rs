//! Samples of the palette.

use super::view::{Act, Group, Offer, OptionsPart};
use crate::pages::frame::Frame;
use crate::pages::specimens::{ATTACK, LONG, RIGHT_TO_LEFT, Specimen};

/// Every sample.
#[must_use]
pub fn specimens(frame: &Frame) -> Vec<Specimen> {
    let offer = |label: &str, key: Option<&str>, act| Offer {
        label: label.to_owned(),
        hint: Some("Wed 09:00".to_owned()),
        key: key.map(str::to_owned),
        act,
    };
    let deeds = vec![
        offer("Configured", Some("c 1"), Act::Press("[data-choice=\"1\"]".to_owned())),
        offer("Solved", None, Act::Solve("choose:solved".to_owned())),
        offer("Take it", Some("m"), Act::Do("assign:me".to_owned())),
    ];
    let places = vec![offer("Unassigned", None, Act::Go("/tickets?view=unassigned".to_owned()))];
    let usual = vec![
        Group { name: "deeds", title: "#1042".to_owned(), options: deeds },
        Group { name: "places", title: "Go to".to_owned(), options: places },
    ];
    let odd = |word: &str| Offer {
        label: word.to_owned(),
        hint: Some(word.to_owned()),
        key: Some(word.to_owned()),
        act: Act::Go(word.to_owned()),
    };
    let options = [ATTACK, LONG, RIGHT_TO_LEFT].map(odd).to_vec();
    let extreme = vec![Group { name: "deeds", title: ATTACK.to_owned(), options }];
    let part = |sample, groups| Specimen::part("part-palette", sample, &OptionsPart { frame: frame.clone(), groups });
    vec![part("usual", usual), part("empty", Vec::new()), part("extreme", extreme)]
}
