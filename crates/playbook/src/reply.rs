//! Canned replies: front matter with a subject, and Markdown with `{{ }}`.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::finding::Finding;
use crate::grammar;
use crate::run::Fault;
use crate::scope::Scope;
use crate::source::Place;
use crate::text::Template;
use crate::yaml::Entries;

/// A canned reply in one language, read from `replies/NAME.md` or `replies/NAME.LANGUAGE.md`.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The name, as actions refer to it.
    pub name: String,
    /// The language it is written in.
    pub language: String,
    /// The file.
    pub place: Place,
    pub(crate) subject: Option<Template>,
    pub(crate) body: Template,
}

/// A reply that is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The subject, when the reply brings one of its own; otherwise the conversation's goes on.
    pub subject: Option<String>,
    /// The body as Markdown.
    pub markdown: String,
}

impl Reply {
    /// Reads a reply from the text of its file.
    pub(crate) fn parse(
        name: &str,
        language: &str,
        path: &str,
        text: &str,
        findings: &mut Vec<Finding>,
    ) -> Option<Self> {
        let file: Arc<str> = Arc::from(path);
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let (front, body_line, body) = split(text);
        let mut subject = None;
        if let Some(front) = front {
            // One empty line stands for the `---`, so that places in the front matter are those of the file.
            match crate::yaml::documents(&file, &format!("\n{front}")) {
                Err(finding) => findings.push(finding),
                Ok(documents) => {
                    if let Some(mut entries) =
                        documents.first().and_then(|node| Entries::of(node, &grammar::FRONT_MATTER, findings))
                    {
                        subject = entries.get("subject").and_then(|node| Template::read(node, &[], findings));
                        entries.close(findings);
                    }
                }
            }
        }
        if body.trim().is_empty() {
            findings.push(Finding::error(
                "empty-reply",
                Place::new(&file, body_line, 1),
                format!("the reply `{name}` says nothing"),
            ));
            return None;
        }
        let body = Template::of(body.trim_end(), |offset| place_in(&file, body, body_line, offset));
        let body = body.map_err(|found| findings.extend(found)).ok()?;
        Some(Self { name: name.to_owned(), language: language.to_owned(), place: Place::start_of(path), subject, body })
    }

    /// Reports every name that is not known in `scope`.
    pub(crate) fn check(&self, scope: &Scope, findings: &mut Vec<Finding>) {
        for template in self.subject.iter().chain([&self.body]) {
            template.check(scope, findings);
        }
    }

    /// The reply filled in from what [`Playbook::values`](crate::Playbook::values) gives.
    ///
    /// # Errors
    /// A [`Fault`] with the reply's own file and line when a name in it has no value at all.
    pub fn render(&self, values: &Map<String, Value>) -> Result<Rendered, Fault> {
        let subject = self.subject.as_ref().map(|subject| subject.render(values, &self.language)).transpose()?;
        let subject = subject.map(|subject| subject.split_whitespace().collect::<Vec<_>>().join(" "));
        Ok(Rendered {
            subject: subject.filter(|subject| !subject.is_empty()),
            markdown: self.body.render(values, &self.language)?,
        })
    }
}

/// The front matter, the line on which the body begins, and the body.
fn split(text: &str) -> (Option<&str>, u32, &str) {
    let Some(rest) = text.strip_prefix("---\n").or_else(|| text.strip_prefix("---\r\n")) else {
        return (None, 1, text);
    };
    let mut at = 0;
    for (line, content) in (2..).zip(rest.split_inclusive('\n')) {
        let end = at + content.len();
        if content.trim_end() == "---" {
            return (rest.get(..at), line + 1, rest.get(end..).unwrap_or_default());
        }
        at = end;
    }
    (None, 1, text)
}

fn place_in(file: &Arc<str>, body: &str, first_line: u32, offset: usize) -> Place {
    let (mut line, mut column) = (first_line, 1);
    for character in body.chars().take(offset) {
        if character == '\n' {
            line += 1;
            column = 1;
        } else {
            column += 1;
        }
    }
    Place::new(file, line, column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn reply(text: &str) -> (Option<Reply>, Vec<Finding>) {
        let mut findings = Vec::new();
        (Reply::parse("hello", "en", "replies/hello.md", text, &mut findings), findings)
    }

    #[test]
    fn subject_and_body_are_filled_in() {
        let (reply, findings) =
            reply("---\nsubject: 'Re: {{ ticket.subject }}'\n---\nDear {{ requester.name | default('you') }},\n");
        assert_eq!(findings, []);
        let values = json!({"ticket": {"subject": "a\nb"}, "requester": {"name": null}});
        let rendered = reply.unwrap().render(values.as_object().unwrap()).unwrap();
        assert_eq!(rendered, Rendered { subject: Some("Re: a b".into()), markdown: "Dear you,".into() });
    }

    #[test]
    fn a_reply_without_front_matter_has_no_subject_of_its_own() {
        let rendered = reply("Hello\n").0.unwrap().render(&Map::new()).unwrap();
        assert_eq!(rendered.subject, None);
    }

    #[test]
    fn places_are_those_of_the_file() {
        let (reply, _) = reply("---\nsubject: x\n---\nDear\n\n  {{ nobody.name }}\n");
        let mut findings = Vec::new();
        reply.unwrap().check(&Scope::default(), &mut findings);
        assert_eq!((findings[0].place.line, findings[0].place.column), (6, 6));
        let (_, findings) = super::tests::reply("---\nsubjcet: x\n---\nDear\n");
        assert_eq!((findings[0].code, findings[0].place.line), ("unknown-key", 2));
    }

    #[test]
    fn a_reply_that_says_nothing_is_found() {
        assert_eq!(reply("---\nsubject: x\n---\n\n").1[0].code, "empty-reply");
    }
}
