//! Faults in rules of impact.

use super::{Case, case, file};

const PATH: &str = "impacts/i.yaml";

/// What reading a file of rules shows.
pub(super) fn of_rules() -> Vec<Case> {
    let rules = |fits: &str| {
        let rule = format!("priority: urgent, because: {{ en: A, pt: A }}, {fits}");
        file(PATH, &format!("language: 1\nimpact: i\nrules: {{ r: {{ {rule} }} }}\n"))
    };
    vec![
        case("bad-phrase", rules("says: '* down'"), rules("says: 'is down*'")),
        case("fits-nothing", rules("what: site"), rules("what: site, fails: down")),
    ]
}
