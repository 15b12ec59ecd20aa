//! The checks on the real tree. A failure says what to do, line by line.

#![expect(clippy::expect_used, reason = "a check that cannot read its rules has failed")]

use std::fmt::Write as _;
use tidy::{
    Complaint, House, Tree, commands, directions, floors, given, limits, map, names, procedures, ranks, sizes, words,
};

fn tree() -> Tree {
    Tree::of_this_repository().expect("the repository can be read")
}

fn house() -> House {
    House::read(include_str!("../house.toml")).expect("house.toml is sound")
}

#[track_caller]
fn in_order(complaints: Vec<Complaint>) {
    let mut report = String::new();
    for complaint in &complaints {
        let _ = writeln!(report, "  {complaint}");
    }
    assert!(complaints.is_empty(), "{} to put in order:\n{report}", complaints.len());
}

#[test]
fn the_tree_is_read_at_all() {
    let tree = tree();
    assert!(tree.has("Cargo.toml") && tree.has("crates/tidy/src/lib.rs"), "the checks below would pass on nothing");
}

#[test]
fn crates_depend_only_downwards() {
    in_order(directions::check(&tree(), &house()));
}

#[test]
fn features_of_desk_refer_only_to_lower_ones() {
    in_order(ranks::check(&tree(), &house()));
}

#[test]
fn the_order_upside_down_would_be_found() {
    let mut house = house();
    let ranks = &mut house.ranks;
    std::mem::swap(&mut ranks.people, &mut ranks.rooms);
    std::mem::swap(&mut ranks.tickets, &mut ranks.runs);
    for group in [&mut ranks.people, &mut ranks.tickets, &mut ranks.runs, &mut ranks.rooms] {
        group.reverse();
    }
    assert!(
        !ranks::check(&tree(), &house).is_empty(),
        "no reference between features is seen: the check has gone blind"
    );
}

#[test]
fn pages_and_api_do_not_see_each_other() {
    in_order(floors::apart(&tree()));
}

#[test]
fn sql_stands_in_queries_alone() {
    in_order(floors::sql_at_home(&tree()));
}

#[test]
fn sql_asks_neither_for_time_nor_for_chance() {
    in_order(given::check(&tree()));
}

#[test]
fn no_limit_is_bound() {
    in_order(limits::check(&tree()));
}

#[test]
fn no_room_has_a_name_that_says_nothing() {
    in_order(names::check(&tree()));
}

#[test]
fn files_and_functions_stay_small() {
    let ratchet = sizes::Ratchet::read(include_str!("../ratchet.toml")).expect("ratchet.toml is sound");
    in_order(sizes::check(&tree(), &ratchet));
}

#[test]
fn words_that_must_not_appear_do_not() {
    let forbidden = words::Forbidden::read(include_str!("../forbidden.txt"));
    assert!(forbidden.is_sound(), "forbidden.txt holds digests of 12 digits, one a line");
    in_order(words::check(&tree(), &house(), &forbidden));
}

#[test]
fn the_map_is_true() {
    in_order(map::check(&tree()));
}

#[test]
fn documented_commands_exist() {
    in_order(commands::check(&tree()));
}

#[test]
fn every_row_has_its_section_and_its_state_is_shown() {
    in_order(procedures::check(&tree()));
}
