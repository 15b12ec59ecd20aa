//! Transitions and actions as texts that can be compared and read.

use super::parts::Value;
use crate::definition::{Action, ArgumentValue, Playbook, StateId, Transition};

/// A playbook whose states are called as somebody says.
pub(super) struct Flow<'a> {
    pub(super) playbook: &'a Playbook,
    pub(super) called: &'a dyn Fn(&str) -> String,
}

impl Flow<'_> {
    /// What a state is called; nothing for none.
    pub(super) fn name_of(&self, state: Option<StateId>) -> String {
        let state = state.and_then(|id| self.playbook.states.get(id));
        state.map(|state| (self.called)(&state.path)).unwrap_or_default()
    }

    /// The last part of it.
    pub(super) fn own_name_of(&self, state: Option<StateId>) -> String {
        let name = self.name_of(state);
        name.rsplit('.').next().unwrap_or_default().to_owned()
    }

    /// Where transitions lead, in order; `stay` for one that leads nowhere.
    pub(super) fn targets(&self, transitions: &[Transition]) -> String {
        let name = |transition: &Transition| match transition.target {
            None => "stay".to_owned(),
            target => self.name_of(target),
        };
        transitions.iter().map(name).collect::<Vec<_>>().join(", else ")
    }

    /// What can be different about transitions that stand together.
    pub(super) fn transitions(&self, transitions: &[Transition]) -> Vec<(&'static str, Value)> {
        let guard = |transition: &Transition| {
            transition.guard.as_ref().map_or_else(|| "always".to_owned(), |guard| guard.source().to_owned())
        };
        let guards: Vec<String> = transitions.iter().map(guard).collect();
        let bounds: Vec<String> = transitions
            .iter()
            .map(|transition| transition.bound.as_ref().map_or("-".to_owned(), |bound| bound.max.to_string()))
            .collect();
        let deeds = transitions.iter().flat_map(|transition| &transition.actions).map(|action| self.deed(action));
        vec![
            ("the target", Value::One(self.targets(transitions))),
            ("the guard", Value::One(guards.join(", else "))),
            ("the most times it is taken", Value::One(bounds.join(", else "))),
            ("the actions", Value::Many(deeds.collect())),
        ]
    }

    /// Actions, in order.
    pub(super) fn deeds(&self, actions: &[Action]) -> Value {
        Value::Many(actions.iter().map(|action| self.deed(action)).collect())
    }

    /// `reply name: hello, to: requester, when known`.
    fn deed(&self, action: &Action) -> String {
        let arguments: Vec<String> =
            action.arguments.iter().map(|(name, value)| format!("{name}: {}", argument(value))).collect();
        let when = action.when.as_ref().map(|when| format!(" when {}", when.source())).unwrap_or_default();
        format!("{} {}{when}", action.name, arguments.join(", "))
    }
}

fn argument(value: &ArgumentValue) -> String {
    match value {
        ArgumentValue::Text(text) => text.source(),
        ArgumentValue::Expression(expression) => expression.source().to_owned(),
        ArgumentValue::Expressions(list) => {
            list.iter().map(|expression| expression.source()).collect::<Vec<_>>().join(", ")
        }
        ArgumentValue::Word(word) => word.clone(),
        ArgumentValue::Words(words) => words.join(", "),
        ArgumentValue::Span(span, _) => span.to_string(),
        ArgumentValue::Flag(flag) => flag.to_string(),
        ArgumentValue::Assignments(pairs) => {
            pairs.iter().map(|(name, value)| format!("{name}: {}", value.source())).collect::<Vec<_>>().join(", ")
        }
    }
}
