//! The project's own handbook, and the two playbooks that show what the language is for.

use super::*;

#[test]
fn nothing_is_to_be_said_of_the_default_handbook() {
    nothing_in(&sample::default_handbook());
}

/// A document change with a test environment: a linked ticket, nested states, timers and promises.
const CHANGE: &str = include_str!("change.yaml");
const CONFIGURATION: &str = include_str!("configuration.yaml");

#[test]
fn a_large_sound_pair_of_playbooks_is_told_sound() {
    is_sound(CHANGE, &[("config", CONFIGURATION)]);
}

#[test]
fn a_configuration_that_ends_without_its_customers_word_breaks_the_promise() {
    let broken = CONFIGURATION.replace(
        "on_hold, actions: [ { send: { to: opener, event: ready_to_test } } ]",
        "on_hold, actions: [ { send: { to: opener, event: published } } ]",
    );
    let _quiet = quiet();
    insta::assert_snapshot!(told_of(CHANGE, &[("config", &broken)]));
}

#[test]
fn a_silent_customer_who_is_not_asked_again_keeps_the_ticket_open() {
    let broken = CHANGE.replace("        after: { 1 day: { target: configuring.working, actions: [ { send: { to: config, event: publish } } ] } }\n", "");
    assert_ne!(broken, CHANGE);
    let _quiet = quiet();
    insta::assert_snapshot!(told_of(&broken, &[("config", CONFIGURATION)]));
}
