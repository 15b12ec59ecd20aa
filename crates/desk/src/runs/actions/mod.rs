//! What playbooks can do. Each action is a file that says its shape to the language and carries it out; the language
//! itself knows none of them by name but `set`, `open` and `send`.

pub(crate) mod ask;
mod assign;
mod lookup;
pub(super) mod note;
mod open;
mod priority;
pub(crate) mod reply;
mod send;
mod set;
pub(crate) mod suggest;
mod tell;
mod to_party;
mod weigh;

use futures::future::BoxFuture;
use jiff::Timestamp;
use playbook::{Ability, ActionSpec, Effect, Event, Facts, Fault, Playbook, Registry, Step};
use serde_json::{Map, Value};

use super::{Case, facts};
use crate::{Context, Error, Result, lookups};

/// Carries an effect out within the transaction of its step.
type Perform = for<'a, 'c> fn(&'a mut Context<'c>, &'a mut Case, &'a Effect) -> BoxFuture<'a, Result<()>>;
/// Makes an effect complete before anything of its step is kept, so that a text that cannot be rendered moves nothing.
type Prepare = fn(&Case, &Map<String, Value>, &mut Effect) -> Result<(), Fault>;

struct Action {
    name: &'static str,
    /// What the language is told; `None` for those that it brings itself.
    spec: Option<ActionSpec>,
    prepare: Option<Prepare>,
    perform: Perform,
}

/// The action that opens linked tickets.
pub(super) const OPEN: &str = open::ACTION.name;

const ACTIONS: [Action; 13] = [
    ask::APPROVE,
    ask::ASK,
    assign::ACTION,
    lookup::ACTION,
    note::ACTION,
    open::ACTION,
    priority::ACTION,
    reply::ACTION,
    send::ACTION,
    set::ACTION,
    suggest::ACTION,
    tell::ACTION,
    weigh::ACTION,
];

/// The registry that the language checks handbooks against: every action and every fact of this desk.
pub fn registry() -> Registry {
    let specs = ACTIONS.iter().filter_map(|action| action.spec);
    let registry = facts::declare(specs.fold(Registry::new(), Registry::with)).with_lookup_check(lookups::check);
    let abilities = [Ability::Checklists, Ability::FanOut, Ability::Parties];
    abilities.into_iter().fold(registry, Registry::with_ability)
}

/// Makes the effects of a step complete, in order, with what texts see after the step.
pub(super) fn prepare(
    case: &Case,
    playbook: &Playbook,
    facts: &Facts,
    event: &Event,
    step: &mut Step,
    now: Timestamp,
) -> Result<(), Fault> {
    let mut values = None;
    let mut opened = Vec::new();
    for effect in &mut step.effects {
        if effect.action == open::ACTION.name {
            opened.extend(text(effect, "as").map(|alias| (alias.to_owned(), text(effect, "key").map(str::to_owned))));
        }
        check_link(case, facts, &opened, effect)?;
        let Some(prepare) = ACTIONS.iter().find(|action| action.name == effect.action).and_then(|a| a.prepare) else {
            continue;
        };
        let values = values.get_or_insert_with(|| playbook.values(&step.run, facts, Some(event), now));
        prepare(case, values, effect)?;
    }
    Ok(())
}

/// A ticket that this step opens: its alias, and its key where it is one of many.
type Opened = (String, Option<String>);

/// An effect on a linked ticket needs one: opened before, or by an effect before it in the same step.
fn check_link(case: &Case, facts: &Facts, opened: &[Opened], effect: &Effect) -> Result<(), Fault> {
    let argument = match effect.action.as_str() {
        "note" => "on",
        "send" => "to",
        _ => return Ok(()),
    };
    let Some(alias) = text(effect, argument) else { return Ok(()) };
    let linked = if alias == "opener" {
        facts.values.get("opener")
    } else {
        facts.values.get("links").and_then(|links| links.get(alias))
    };
    let fault = |message: String, help: String| {
        Err(Fault { code: "no-link".to_owned(), place: effect.place.clone(), message, help: Some(help) })
    };
    if linked.is_none_or(Value::is_null) && !opened.iter().any(|(open, _)| open == alias) {
        return fault(
            format!("no ticket is linked as `{alias}`, so `{}` has nowhere to go", effect.action),
            format!("open one first, or guard the action with `when: links.{alias} != null`"),
        );
    }
    let Some(key) = text(effect, "key").filter(|_| alias != "opener") else { return Ok(()) };
    let now_opened = || opened.iter().any(|(open, of)| open == alias && of.as_deref() == Some(key));
    if case.has_linked(alias, key) || now_opened() {
        return Ok(());
    }
    fault(
        format!("of the tickets linked as `{alias}` none has the key {key:?}"),
        "leave `key` out to reach all that are live".to_owned(),
    )
}

/// Carries out one effect.
pub(super) async fn perform(context: &mut Context<'_>, case: &mut Case, effect: &Effect) -> Result<()> {
    let action = ACTIONS.iter().find(|action| action.name == effect.action);
    let action = action.ok_or_else(|| Error::internal(format!("no action is called {}", effect.action)))?;
    (action.perform)(context, case, effect).await
}

/// A text argument; `None` when it is missing, null or empty.
fn text<'a>(effect: &'a Effect, name: &str) -> Option<&'a str> {
    effect.arguments.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty())
}

/// The key under which an effect happens at most once: ticket, step and place within the step.
fn key(case: &Case, effect: &Effect) -> String {
    format!("{}:{}:{}", case.ticket.id, case.run.step, effect.index)
}
