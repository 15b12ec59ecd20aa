use std::sync::Arc;

use serde_json::json;

use super::*;
use crate::yaml;

fn parse(source: &str) -> Result<Expression, Vec<Finding>> {
    let text = format!("guard: {}\n", serde_json::to_string(source).unwrap());
    let node = yaml::documents(&Arc::from("playbooks/x.yaml"), &text).unwrap().remove(0);
    Expression::parse(&node.mapping().unwrap()[0].1)
}

fn values(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

fn evaluate(source: &str, facts: Value) -> Result<Value, Fault> {
    parse(source).unwrap().evaluate(&values(facts))
}

#[test]
fn comparisons_with_null_are_false_rather_than_faults() {
    let facts = json!({"organization": {"plan": null}});
    for (source, expected) in [
        ("organization.plan == null", true),
        ("organization.plan != null", false),
        ("organization.plan == 'pro'", false),
        ("organization.plan in ['premium', 'pro']", false),
        ("null == organization.plan", true),
    ] {
        assert_eq!(evaluate(source, facts.clone()).unwrap(), json!(expected), "{source}");
    }
}

#[test]
fn below_a_link_that_is_not_open_everything_is_null() {
    let closed = json!({"links": {"config": null}});
    assert_eq!(evaluate("links.config == null", closed.clone()).unwrap(), json!(true));
    assert_eq!(evaluate("links.config.state == 'done'", closed.clone()).unwrap(), json!(false));
    assert_eq!(evaluate("links.config.state", closed.clone()).unwrap(), json!(null));
    assert_eq!(evaluate("has(links.config.state)", closed.clone()).unwrap(), json!(false));
    assert_eq!(evaluate("['x'].exists(s, s == links.config.state)", closed).unwrap(), json!(false));
    let open = json!({"links": {"config": {"state": "done"}}});
    assert_eq!(evaluate("links.config.state == 'done'", open).unwrap(), json!(true));
}

#[test]
fn below_any_other_null_a_fault_names_the_place_and_the_path() {
    let fault = evaluate("true && assignee.name == 'Ana'", json!({"assignee": null})).unwrap_err();
    assert_eq!(fault.code, "unknown-variable");
    assert_eq!(fault.to_string(), "playbooks/x.yaml:1:17: `assignee.name` cannot be read: `assignee` is null here");
}

#[test]
fn a_missing_variable_is_a_fault_that_names_it() {
    let fault = evaluate("held > 1", json!({})).unwrap_err();
    assert_eq!(fault.to_string(), "playbooks/x.yaml:1:9: nothing is called `held` here");
    let fault = evaluate("organization.size == 1", json!({"organization": {"name": "Acme"}})).unwrap_err();
    assert!(fault.message.contains("`organization` has no `size`"), "{fault}");
}

#[test]
fn an_operation_that_does_not_suit_says_what_is_null() {
    let fault = evaluate("held + 1 > 1", json!({"held": null})).unwrap_err();
    assert_eq!(fault.code, "bad-expression");
    assert_eq!(fault.help.unwrap(), "`held` is null here");
}

#[test]
fn whole_numbers_from_json_add_up_with_literals() {
    let facts = json!({"held": 1, "documents": 2, "ratio": 0.5, "huge": u64::MAX});
    assert_eq!(evaluate("held + documents + 1", facts.clone()).unwrap(), json!(4));
    assert_eq!(evaluate("ratio * 2.0", facts.clone()).unwrap(), json!(1.0));
    assert_eq!(evaluate("huge > 1u", facts).unwrap(), json!(true));
}

#[test]
fn lists_texts_and_maps_come_back_as_json() {
    let facts = json!({"unmet": ["a"], "organization": {"name": "Acme"}});
    assert_eq!(evaluate("unmet + ['b']", facts.clone()).unwrap(), json!(["a", "b"]));
    assert_eq!(evaluate("\"Survey: \" + organization.name", facts.clone()).unwrap(), json!("Survey: Acme"));
    assert_eq!(evaluate("{'a': 1}", facts.clone()).unwrap(), json!({"a": 1}));
    assert_eq!(evaluate("unmet.map(x, x.upperAscii())", facts.clone()).unwrap(), json!(["A"]));
    assert_eq!(evaluate("organization.name.lowerAscii().startsWith('ac')", facts).unwrap(), json!(true));
}

#[test]
fn a_loop_over_an_object_goes_over_its_names_in_the_order_of_their_letters() {
    let names: Vec<String> = ('a'..='t').map(String::from).collect();
    let shuffled: Map<String, Value> = names.iter().rev().map(|name| (name.clone(), json!(1))).collect();
    let facts = json!({"answers": shuffled});
    let written =
        format!("{{{}}}", names.iter().rev().map(|name| format!("'{name}': 1")).collect::<Vec<_>>().join(", "));
    for object in ["answers", &written] {
        assert_eq!(evaluate(&format!("{object}.map(x, x)"), facts.clone()).unwrap(), json!(names), "{object}");
        assert_eq!(evaluate(&format!("{object}.filter(x, x < 'c')"), facts.clone()).unwrap(), json!(["a", "b"]));
        assert_eq!(evaluate(&format!("[] + {object}"), facts.clone()).unwrap(), json!(names), "{object}");
        assert_eq!(evaluate(&format!("{object}.exists_one(x, x == 'c')"), facts.clone()).unwrap(), json!(true));
    }
    assert_eq!(evaluate("['b', 'a', 'b'].map(x, x)", facts).unwrap(), json!(["b", "a", "b"]), "a list has its own");
    let many: Map<String, Value> = (0..2_000).map(|number| (format!("n{number:04}"), json!(1))).collect();
    let seen = evaluate("size(answers.map(x, x))", json!({"answers": many})).unwrap();
    assert_eq!(seen, json!(1_000), "as many as of a list");
}

#[test]
fn a_condition_must_be_true_or_false() {
    let fault = parse("1 + 1").unwrap().holds(&Map::new()).unwrap_err();
    assert_eq!(fault.code, "not-a-boolean");
    assert!(parse("1 < 2").unwrap().holds(&Map::new()).unwrap());
}

#[test]
fn what_may_be_called_is_listed() {
    let findings = parse("organization.name.lowerAscci() == 'x'").unwrap_err();
    assert_eq!(findings[0].help.as_deref(), Some("did you mean `lowerAscii`?"));
    for source in ["type(1)", "dyn(1)", "Message{a: 1}", "bytes('a')", "uint(1)"] {
        assert!(parse(source).is_err(), "{source}");
    }
}

#[test]
fn length_depth_and_loops_are_bounded() {
    assert!(parse(&format!("1{}", " + 1".repeat(600))).is_err());
    assert!(parse(&format!("{}1{}", "(".repeat(300), ")".repeat(300))).is_err());
    assert!(parse("[1].all(a, [2].all(b, a < b))").is_ok());
    assert!(parse("[1].all(a, [2].all(b, [3].all(c, a < c)))").is_err());
}

#[test]
fn a_syntax_error_points_into_the_text() {
    let findings = parse("a == ").unwrap_err();
    assert_eq!((findings[0].code, findings[0].place.line), ("bad-expression", 1));
    assert!(findings[0].place.column > 8, "{:?}", findings[0]);
}

#[test]
fn references_leave_out_the_variables_of_loops() {
    let expression = parse("unmet.exists(x, x == requester.role) && choice.reason != ''").unwrap();
    let paths: Vec<String> = expression.references().iter().map(|r| r.path.join(".")).collect();
    assert_eq!(paths, ["unmet", "requester.role", "choice.reason"]);
}

mod findings;
mod generated;
mod instants;
mod laws;
