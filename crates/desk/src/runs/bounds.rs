//! How many linked tickets one ticket may open. One `open` has a bound of its own; these hold over a ticket's life, for a playbook
//! that opens in a loop, or whose tickets open each other.

use playbook::{Effect, Fault, Step};

use super::{Case, actions};
use crate::tickets::links;
use crate::{Context, Result};

/// The most linked tickets that a ticket opens, ended ones included.
pub const OPENED_MAX: usize = 5_000;
/// The longest line of openers above a ticket that opens another.
pub const OPENERS_MAX: usize = 20;

/// Why the case may not open what these steps open, if it may not. Nothing of them is kept then.
pub(super) async fn exceeded(context: &mut Context<'_>, case: &Case, steps: &[&Step]) -> Result<Option<Fault>> {
    let mut opening = steps.iter().flat_map(|step| &step.effects).filter(|effect| effect.action == actions::OPEN);
    let Some(first) = opening.next() else { return Ok(None) };
    let family = links::family(context.tx, case.ticket.id, OPENERS_MAX).await?;
    Ok(judge(first, family.opened, 1 + opening.count(), family.openers))
}

fn judge(first: &Effect, opened: usize, opening: usize, openers: usize) -> Option<Fault> {
    let fault = |message: String, help: &str| Fault {
        code: "endless".to_owned(),
        place: first.place.clone(),
        message,
        help: Some(help.to_owned()),
    };
    if opened + opening > OPENED_MAX {
        let message = format!("a ticket opens {OPENED_MAX} tickets at most, and this one has opened {opened}");
        return Some(fault(message, "does a loop of the playbook open one each time it goes round?"));
    }
    if openers >= OPENERS_MAX {
        let message = format!("this ticket was opened by one that was opened by another, {OPENERS_MAX} times over");
        return Some(fault(message, "do these playbooks open each other?"));
    }
    None
}

#[cfg(test)]
mod tests {
    use playbook::Place;
    use serde_json::Map;

    use super::*;

    #[test]
    fn the_last_ticket_within_the_bounds_is_opened_and_none_beyond() {
        let effect = Effect {
            action: "open".to_owned(),
            arguments: Map::new(),
            state: String::new(),
            index: 0,
            in_languages: Default::default(),
            place: Place::start_of("playbooks/x.yaml"),
        };
        let of = |opened, opening, openers| judge(&effect, opened, opening, openers).is_none();
        assert!(of(0, OPENED_MAX, 0) && of(OPENED_MAX - 1, 1, OPENERS_MAX - 1));
        assert!(!of(1, OPENED_MAX, 0) && !of(OPENED_MAX, 1, 0) && !of(0, 1, OPENERS_MAX));
    }
}
