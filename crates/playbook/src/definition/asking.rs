//! The actions `lookup` and `suggest`: whether what is given is what they ask for.

use super::ArgumentValue;
use super::body::Reader;
use super::header::check_known;
use crate::finding::Finding;
use crate::yaml::Key;

impl Reader<'_> {
    /// Every parameter of the look-up is given, and nothing else; a connection that is named is its own.
    pub(super) fn check_lookup(&mut self, arguments: &[(String, ArgumentValue)], key: &Key) {
        let argument = |name: &str| arguments.iter().find(|(known, _)| known == name).map(|(_, value)| value);
        let Some(ArgumentValue::Word(query)) = argument("query") else { return };
        let Some(lookup) = self.names.lookups.get(query) else { return };
        if let Some(ArgumentValue::Word(connection)) = argument("in")
            && *connection != lookup.connection
        {
            let message = format!("`{query}` is asked in `{}`, not in `{connection}`", lookup.connection);
            let finding = Finding::error("wrong-connection", key.place.clone(), message);
            self.findings.push(finding.with_help("`in` may be left out: the look-up names its connection"));
        }
        let given = match argument("with") {
            Some(ArgumentValue::Assignments(given)) => given.as_slice(),
            _ => &[],
        };
        for (name, expression) in given {
            let known = lookup.parameters.keys().map(String::as_str);
            check_known("parameter", name, expression.place(), known, &mut self.findings);
        }
        for name in lookup.parameters.keys().filter(|name| given.iter().all(|(known, _)| known != *name)) {
            let message = format!("`{query}` needs the parameter `{name}`");
            self.findings
                .push(Finding::error("missing-key", key.place.clone(), message).with_help("give it under `with`"));
        }
    }

    /// A suggestion is a reply or articles, and not both.
    pub(super) fn check_suggest(&mut self, arguments: &[(String, ArgumentValue)], key: &Key) {
        let drafts = arguments.iter().filter(|(name, _)| ["reply", "articles"].contains(&name.as_str())).count();
        if drafts != 1 {
            let message = "a suggestion is a `reply` or `articles`";
            self.findings.push(Finding::error("missing-key", key.place.clone(), message).with_help("name one of them"));
        }
    }
}
