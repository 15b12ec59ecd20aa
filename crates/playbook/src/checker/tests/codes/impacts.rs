//! Faults in rules of impact, and in weights.

use super::{Case, case, file};

const PATH: &str = "impacts/i.yaml";

/// What reading a file of rules shows.
pub(super) fn of_rules() -> Vec<Case> {
    let rules = |fits: &str| {
        let rule = format!("priority: urgent, because: {{ en: A, pt: A }}, {fits}");
        file(PATH, &format!("language: 1\nimpact: i\nrules: {{ r: {{ {rule} }} }}\n"))
    };
    let weights =
        |lines: &str| file(PATH, &format!("language: 1\nimpact: i\nadds: {{ always: 1 }}\nweights: |\n  {lines}\n"));
    vec![
        case("bad-phrase", rules("says: '* down'"), rules("says: 'is down*'")),
        case("bad-weight", weights("1.5 is down*"), weights("15 is down*")),
        case("fits-nothing", rules("what: site"), rules("what: site, fails: down")),
    ]
}
