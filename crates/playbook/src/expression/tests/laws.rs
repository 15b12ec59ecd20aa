//! What the checker lets pass gives no type error when it runs.

use cel::ExecutionError;
use proptest::prelude::*;

use super::findings::scope;
use super::*;

/// A small expression over the scope, of any type and often of none.
fn sources() -> impl Strategy<Value = String> {
    let leaf = prop::sample::select(vec![
        "documents",
        "held",
        "ratio",
        "urgent",
        "details",
        "request_type",
        "due",
        "unmet",
        "now",
        "organization.name",
        "organization",
        "links.config.state",
        "links.config",
        "null",
        "true",
        "0",
        "1",
        "-3",
        "2.5",
        "'a'",
        "'other'",
        "'2026-12-25'",
        "''",
        "[]",
        "['a', 'b']",
        "[1, 2]",
        "{'a': 1}",
    ])
    .prop_map(str::to_owned);
    leaf.prop_recursive(4, 24, 3, |inner| {
        let operators = vec!["+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||", "in"];
        let methods = vec!["contains", "startsWith", "endsWith", "join"];
        let plain = vec!["trim", "lowerAscii", "upperAscii", "size", "join"];
        let functions = vec!["size", "int", "double", "string", "!", "-"];
        let loops = vec!["all", "exists", "exists_one", "filter", "map"];
        prop_oneof![
            4 => (inner.clone(), prop::sample::select(operators), inner.clone())
                .prop_map(|(a, operator, b)| format!("({a} {operator} {b})")),
            1 => (inner.clone(), prop::sample::select(methods), inner.clone()).prop_map(|(a, f, b)| format!("{a}.{f}({b})")),
            1 => (inner.clone(), prop::sample::select(plain)).prop_map(|(a, f)| format!("{a}.{f}()")),
            1 => (prop::sample::select(functions), inner.clone()).prop_map(|(f, a)| format!("{f}({a})")),
            1 => (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("{a}[{b}]")),
            1 => (inner.clone(), inner.clone(), inner.clone()).prop_map(|(a, b, c)| format!("({a} ? {b} : {c})")),
            1 => (inner.clone(), prop::sample::select(loops), inner.clone(), prop::sample::select(vec!["x", "size(x) > 0", "x == 'a'", "x + x", "x > 1"]))
                .prop_map(|(a, f, b, own)| format!("{a}.{f}(x, {})", if b.len() % 2 == 0 { b } else { own.to_owned() })),
            1 => (inner.clone(), inner).prop_map(|(a, b)| format!("[{a}, {b}]")),
        ]
    })
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
        Type::Time => (0_u8..24).prop_map(|hour| json!(format!("2026-12-25T{hour:02}:00:00Z"))).boxed(),
        Type::List(member) => prop::collection::vec(value_of(member), 0..4).prop_map(Value::from).boxed(),
        Type::Object(entries) => {
            let entries: Vec<_> = entries.iter().map(|(name, type_)| (Just(name.clone()), value_of(type_))).collect();
            entries.prop_map(|entries| Value::Object(entries.into_iter().collect())).boxed()
        }
        Type::Text | Type::Any | Type::Null => {
            prop_oneof![Just("a".to_owned()), Just("12".to_owned()), "[a-zé ]{0,5}"].prop_map(Value::from).boxed()
        }
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
        // A text that spells no number, and one too large for a whole one.
        ExecutionError::FunctionError { function, .. } => ["int", "double"].contains(&function.as_str()),
        _ => false,
    }
}

fn resolve(expression: &Expression, values: &Map<String, Value>) -> Result<cel::Value, ExecutionError> {
    let mut context = Context::with_env(environment());
    for (root, value) in values {
        context.add_variable_from_value(root.as_str(), convert::to_cel(value, None));
    }
    context.resolve(&expression.tree)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, ..ProptestConfig::default() })]

    #[test]
    fn what_the_checker_lets_pass_gives_no_type_error(source in sources(), values in facts(), hidden in any::<prop::sample::Index>()) {
        let Ok(expression) = parse(&source) else { return Ok(()) };
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
        if let Some(reference) = (!expression.references.is_empty()).then(|| hidden.get(&expression.references)) {
            let mut values = values;
            values.insert(reference.path[0].clone(), Value::Null);
            if let Err(fault) = expression.evaluate(&values) {
                let told = fault.help.unwrap_or_default() + &fault.message;
                let allowed = resolve(&expression, &values).is_err_and(|error| is_no_type_error(&error));
                prop_assert!(allowed || told.contains("null") || source.contains("null"), "`{}` over {:?}: {}", source, values, told);
            }
        }
    }

    #[test]
    fn what_is_not_read_makes_no_difference(source in sources(), values in facts()) {
        let Ok(expression) = parse(&source) else { return Ok(()) };
        let whole = resolve(&expression, &values).ok().and_then(|value| convert::from_cel(&value));
        prop_assert_eq!(expression.evaluate(&values).ok(), whole, "`{}` over {:?}", source, values);
    }

    #[test]
    fn the_type_told_beforehand_is_that_of_the_value(source in sources(), values in facts()) {
        let Ok(expression) = parse(&source) else { return Ok(()) };
        let mut findings = Vec::new();
        expression.check(&scope(), Wanted::Value, &mut findings);
        if let (true, Ok(value)) = (findings.is_empty(), expression.evaluate(&values)) {
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
