//! The keys of the desk: which there are, and how somebody uses them. Single keys can be turned off, and each can be another one
//! (WCAG 2.1.4).

pub mod index;
pub mod samples;
pub mod view;

use desk::agents::keys::Keys;
use serde_json::json;

/// The actions that have a single key: the action, the key that the desk proposes, the text that says what it does.
pub const SINGLE: [(&str, &str, &str); 23] = [
    ("next", "j", "key-next"),
    ("previous", "k", "key-previous"),
    ("back", "u", "key-back"),
    ("neighbour-previous", "[", "key-neighbour-previous"),
    ("neighbour-next", "]", "key-neighbour-next"),
    ("select", "x", "key-select"),
    ("reply", "r", "key-reply"),
    ("note", "n", "key-note"),
    ("assign", "a", "key-assign"),
    ("mine", "m", "key-mine"),
    ("choices", "c", "key-choices"),
    ("snooze", "s", "key-snooze"),
    ("solve", "e", "key-solve"),
    ("checklist", "t", "key-checklist"),
    ("context", "i", "key-context"),
    ("why", "w", "key-why"),
    ("arrivals", ".", "key-arrivals"),
    ("undo", "z", "key-undo"),
    ("search", "/", "key-search"),
    ("go", "g", "key-go"),
    ("unread", "y", "key-unread"),
    ("open", "o", "key-open-ticket"),
    ("all", "?", "key-all"),
];

/// Keys that are what they are everywhere: the text of what they do, and how they are written.
pub const FIXED: [(&str, &str); 4] =
    [("key-open", "Enter"), ("key-range", "Shift + click"), ("key-palette", "Ctrl/⌘ K"), ("key-send", "Ctrl/⌘ Enter")];

/// Where the key that goes somewhere leads, by the letter behind it: the letter, and the text that names the place.
pub const PLACES: [(&str, &str); 13] = [
    ("d", "view-today"),
    ("i", "view-mine"),
    ("u", "view-unassigned"),
    ("t", "nav-tickets"),
    ("q", "view-questions"),
    ("n", "view-notices"),
    ("o", "view-organizations"),
    ("c", "view-contacts"),
    ("w", "view-workload"),
    ("s", "view-insights"),
    ("p", "view-handbook"),
    ("m", "nav-mail"),
    ("h", "nav-home"),
];
/// Those of them that only a demo has.
pub const OF_A_DEMO: [&str; 2] = ["m", "h"];

/// The key of an action as somebody uses it; empty where it has none.
pub fn key_of(keys: &Keys, action: &str) -> String {
    let proposed = SINGLE.into_iter().find(|(known, ..)| *known == action).map_or("", |(_, key, _)| key);
    keys.changed.get(action).cloned().unwrap_or_else(|| proposed.to_owned())
}

/// The text that says what an action does.
pub fn text_of(action: &str) -> &'static str {
    SINGLE.into_iter().find(|(known, ..)| *known == action).map_or("keys-title", |(_, _, text)| text)
}

/// What scripts know of them: `{"off": false, "keys": {"j": "next", …}}`.
pub fn script(keys: &Keys) -> String {
    let known = SINGLE.into_iter().map(|(action, ..)| (key_of(keys, action), action));
    let used: serde_json::Map<_, _> =
        known.filter(|(key, _)| !key.is_empty()).map(|(key, action)| (key, action.into())).collect();
    json!({"off": keys.off, "keys": used}).to_string()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_list_names_every_place_that_a_key_goes_to() {
        let script = include_str!("../../../assets/js/keys.js");
        let (_, places) = script.split_once("const places = {").unwrap();
        let (places, _) = places.split_once("};").unwrap();
        let letters: BTreeSet<&str> =
            places.split(',').filter_map(|place| place.split_once(": \"")).map(|(key, _)| key.trim()).collect();
        assert_eq!(letters, PLACES.into_iter().map(|(letter, _)| letter).collect());
    }

    #[test]
    fn scripts_are_told_the_keys_that_somebody_uses() {
        let mut keys = Keys::default();
        keys.changed.insert("solve".to_owned(), "d".to_owned());
        keys.changed.insert("why".to_owned(), String::new());
        let told: serde_json::Value = serde_json::from_str(&script(&keys)).unwrap();
        assert_eq!(
            (&told["off"], &told["keys"]["d"], &told["keys"]["j"]),
            (&json!(false), &json!("solve"), &json!("next"))
        );
        assert!(told["keys"].get("e").is_none() && told["keys"].get("w").is_none());
    }
}
