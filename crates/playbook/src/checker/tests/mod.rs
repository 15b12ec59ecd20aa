mod clocks;
mod codes;
mod faults;
mod laws;
mod limits;
mod linked;
mod linked_laws;
mod own;
mod promises;

use crate::{Files, Finding, check, sample};

/// The findings about a playbook `x` with this body, beside others.
fn found_in(body: &str, others: &[(&str, &str)]) -> Vec<Finding> {
    let mut playbooks = vec![("x", body)];
    playbooks.extend(others);
    check(&sample::files(&playbooks), &sample::registry())
}

/// The codes of the findings and their lines.
fn codes(findings: &[Finding]) -> Vec<(&'static str, u32)> {
    findings.iter().map(|finding| (finding.code, finding.place.line)).collect()
}

/// Asserts that a playbook `x` with this body is sound and nothing is to be said of it.
#[track_caller]
fn is_sound(body: &str, others: &[(&str, &str)]) {
    let mut playbooks = vec![("x", body)];
    playbooks.extend(others);
    let files = sample::files(&playbooks);
    nothing_in(&files);
}

#[track_caller]
fn nothing_in(files: &Files) {
    let findings = check(files, &sample::registry());
    assert!(findings.is_empty(), "{}", told(files, &findings));
}

fn told(files: &Files, findings: &[Finding]) -> String {
    findings.iter().map(|finding| finding.render(files) + "\n").collect()
}

/// Every finding of a playbook `x`, as people read it.
fn told_of(body: &str, others: &[(&str, &str)]) -> String {
    let mut playbooks = vec![("x", body)];
    playbooks.extend(others);
    let files = sample::files(&playbooks);
    told(&files, &check(&files, &sample::registry()))
}

/// Snapshots without the code that made them.
fn quiet() -> insta::internals::SettingsBindDropGuard {
    let mut settings = insta::Settings::clone_current();
    settings.set_omit_expression(true);
    settings.bind_to_scope()
}
