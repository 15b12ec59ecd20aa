//! What the checker lets pass gives no type error when it runs.

use std::collections::BTreeSet;

use cel::ExecutionError;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::generated::{Draw, KINDS, scope};
use super::*;

/// An expression over the scope, mostly well typed.
fn sources() -> impl Strategy<Value = String> {
    let kinds = prop::sample::select(KINDS.to_vec());
    (kinds, prop::collection::vec(any::<u16>(), 0..60))
        .prop_map(|(kind, choices)| Draw { left: &choices }.expression(kind, 4))
}

/// A value of the type, never null.
fn value_of(type_: &Type) -> BoxedStrategy<Value> {
    match type_ {
        Type::Integer => prop_oneof![-3_i64..4, Just(i64::MAX), Just(i64::MIN)].prop_map(Value::from).boxed(),
        Type::Decimal => (-3.0_f64..3.0).prop_map(|number| json!(number + 0.125)).boxed(),
        Type::Boolean => any::<bool>().prop_map(Value::from).boxed(),
        Type::Words(words) => {
            prop::sample::select(words.iter().cloned().collect::<Vec<_>>()).prop_map(Value::from).boxed()
        }
        Type::Date => (1_u8..28).prop_map(|day| json!(format!("2026-12-{day:02}"))).boxed(),
        Type::Time => {
            let ends = ["-009999-01-02T01:59:59Z", "9999-12-30T22:00:00.999999999Z", "2026-12-25T10:00:00.25+01:00"];
            let hours = (0_u8..24).prop_map(|hour| format!("2026-12-25T{hour:02}:00:00Z"));
            prop_oneof![4 => hours, 1 => prop::sample::select(ends.to_vec()).prop_map(str::to_owned)]
                .prop_map(Value::from)
                .boxed()
        }
        Type::List(member) => prop::collection::vec(value_of(member), 0..4).prop_map(Value::from).boxed(),
        Type::Object(entries) => {
            let entries: Vec<_> = entries.iter().map(|(name, type_)| (Just(name.clone()), value_of(type_))).collect();
            entries.prop_map(|entries| Value::Object(entries.into_iter().collect())).boxed()
        }
        Type::Text | Type::Any | Type::Null => {
            let spelt = ["a", "12", "2.5", "2026-12-25T09:00:00Z", "2026-12-25", "1h30m", "Asia/Tokyo"];
            prop_oneof![prop::sample::select(spelt.to_vec()).prop_map(str::to_owned), "[a-zé ]{0,5}"]
                .prop_map(Value::from)
                .boxed()
        }
        // It stands beside the facts, and what is reckoned with never stands among them.
        Type::Calendar | Type::Timestamp | Type::Duration => Just(Value::Null).boxed(),
    }
}

fn facts() -> impl Strategy<Value = Map<String, Value>> {
    let roots: Vec<_> = scope().roots().iter().map(|(name, type_)| (Just(name.clone()), value_of(type_))).collect();
    roots.prop_map(|roots| roots.into_iter().collect())
}

/// What may go wrong with values of the right types.
fn is_no_type_error(error: &ExecutionError) -> bool {
    match error {
        ExecutionError::DivisionByZero(_)
        | ExecutionError::RemainderByZero(_)
        | ExecutionError::Overflow(..)
        | ExecutionError::IndexOutOfBounds(_) => true,
        // A text that spells no number, instant, length or zone, a number too large for a whole one, and what is
        // reckoned beyond the calendar.
        ExecutionError::FunctionError { function, .. } => {
            ["int", "double", "timestamp", "duration", "+", "-"].contains(&function.as_str())
                || function.starts_with("get")
        }
        _ => false,
    }
}

/// An office of the week and a shop that is always open.
fn calendars() -> Calendars {
    let zone = jiff::tz::TimeZone::UTC;
    let friday = calendar::Hours::default().with(jiff::civil::Weekday::Friday, vec!["09:00-17:00".parse().unwrap()]);
    let office = calendar::Calendar::new(zone.clone(), friday.unwrap(), calendar::DaysOff::none());
    [("office", office), ("late-shop", calendar::Calendar::always(zone))]
        .map(|(name, calendar)| (name.to_owned(), Arc::new(calendar)))
        .into()
}

fn resolve(expression: &Expression, values: &Map<String, Value>) -> Result<Option<Value>, ExecutionError> {
    let mut context = Context::with_env(environment());
    for (root, value) in values {
        context.add_variable_from_value(root.as_str(), convert::to_cel(value, None));
    }
    context.add_variable_as_val(CALENDARS, hours::Hours::root(&calendars()));
    patterns::add_to(&mut context, &expression.patterns);
    Ok(convert::from_cel(&*cel::Value::resolve_val(&expression.tree, &context)?))
}

/// The shares of expressions that are made, let pass, and give a value; the names of the functions that did.
#[test]
fn what_is_made_is_mostly_let_pass_and_calls_every_function() {
    let mut random = TestRunner::deterministic();
    let (mut passed, mut called) = (0, BTreeSet::new());
    for _ in 0..4_000 {
        let source = sources().new_tree(&mut random).unwrap().current();
        let Ok(mut expression) = parse(&source) else { continue };
        let mut findings = Vec::new();
        expression.check(&scope(), Wanted::Value, &mut findings);
        if findings.is_empty() {
            passed += 1;
            called
                .extend(FUNCTIONS.iter().filter(|known| source.contains(&format!("{}(", known.name))).map(|f| f.name));
        }
    }
    let missing: Vec<&str> = FUNCTIONS.iter().map(|known| known.name).filter(|name| !called.contains(name)).collect();
    assert!(passed > 2_000, "only {passed} of 4000 were let pass");
    assert!(missing.is_empty(), "{missing:?} were never called");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, ..ProptestConfig::default() })]

    #[test]
    fn what_the_checker_lets_pass_gives_no_type_error(source in sources(), values in facts(), hidden in any::<prop::sample::Index>()) {
        let Ok(mut expression) = parse(&source) else { return Ok(()) };
        let mut findings = Vec::new();
        expression.check(&scope(), Wanted::Value, &mut findings);
        if !findings.is_empty() {
            return Ok(());
        }
        if let Err(error) = resolve(&expression, &values) {
            // Null is not tracked: what spells it out may come upon it.
            let spells_null = source.contains("null");
            prop_assert!(spells_null || is_no_type_error(&error), "`{}` over {:?}: {:?}", source, values, error);
        }
        // With a null among its facts it fails for no other reason than that null.
        let facts: Vec<&Reference> = expression.references.iter().filter(|known| !known.is_to_calendars()).collect();
        if let Some(reference) = (!facts.is_empty()).then(|| hidden.get(&facts)) {
            let mut values = values;
            values.insert(reference.path[0].clone(), Value::Null);
            if let Err(fault) = expression.evaluate_with(&values, &calendars()) {
                let told = fault.help.unwrap_or_default() + &fault.message;
                // A number divided by nothing is none that can be kept.
                let allowed = resolve(&expression, &values)
                    .map_or_else(|error| is_no_type_error(&error), |value| value.is_none());
                prop_assert!(allowed || told.contains("null") || source.contains("null"), "`{}` over {:?}: {}", source, values, told);
            }
        }
    }

    #[test]
    fn what_is_not_read_makes_no_difference(source in sources(), values in facts()) {
        let Ok(expression) = parse(&source) else { return Ok(()) };
        let whole = resolve(&expression, &values).ok().flatten();
        prop_assert_eq!(expression.evaluate_with(&values, &calendars()).ok(), whole, "`{}` over {:?}", source, values);
    }

    #[test]
    fn the_type_told_beforehand_is_that_of_the_value(source in sources(), values in facts()) {
        let Ok(mut expression) = parse(&source) else { return Ok(()) };
        let mut findings = Vec::new();
        expression.check(&scope(), Wanted::Value, &mut findings);
        if let (true, Ok(value)) = (findings.is_empty(), expression.evaluate_with(&values, &calendars())) {
            let type_ = expression.type_in(&scope());
            prop_assert!(is_of(&value, &type_), "`{}` gives {}, and was to be {}", source, value, type_);
        }
    }
}

fn is_of(value: &Value, type_: &Type) -> bool {
    match (type_, value) {
        (Type::Any, _) | (_, Value::Null) | (Type::Boolean, Value::Bool(_)) | (Type::Text, Value::String(_)) => true,
        (Type::Integer, Value::Number(number)) => number.is_i64(),
        (Type::Decimal, Value::Number(number)) => number.is_f64(),
        (Type::Words(words), Value::String(text)) => words.contains(text),
        (Type::Date, Value::String(text)) => crate::types::is_day(text),
        (Type::Time, Value::String(text)) => text.parse::<jiff::Timestamp>().is_ok(),
        (Type::List(member), Value::Array(members)) => members.iter().all(|value| is_of(value, member)),
        (Type::Object(entries), Value::Object(object)) => {
            object.iter().all(|(name, value)| entries.get(name).is_some_and(|type_| is_of(value, type_)))
        }
        _ => false,
    }
}
