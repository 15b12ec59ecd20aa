//! A mail with notices, in its reader's language: one by itself, or many.

use super::Item;
use crate::notifications::Wording;
use crate::settings::PublicUrl;

/// How many notices one mail holds; of more it says how many.
const ITEMS_MAX: usize = 50;
/// The longest subject, in characters.
const SUBJECT_MAX: usize = 120;

/// What a mail says.
pub(super) struct Said {
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: String,
}

/// The mail with `items`, of which there is at least one.
pub(super) fn of(wording: &Wording, url: &PublicUrl, desk: &str, name: &str, items: &[Item]) -> Said {
    let subject = match items {
        [one] => wording.with("mail-subject", &[("desk", desk), ("text", &wording.say(&one.what))]),
        many => wording.count("mail-many", many.len(), &[("desk", desk)]),
    };
    let (all, choices) = (url.of("/notifications"), url.of("/notifications/choices"));
    let hello = wording.with("mail-hello", &[("name", name)]);
    let mut text = format!("{hello}\n");
    let mut html = format!("<p>{}</p>\n", escaped(&hello));
    for item in items.iter().take(ITEMS_MAX) {
        let said = wording.say(&item.what);
        text.push_str(&format!("\n{said}\n"));
        html.push_str(&format!("<p>{}", escaped(&said)));
        if let Some((id, number, subject)) = &item.ticket {
            let link = url.of(&format!("/tickets/{id}"));
            let open = wording.with("mail-open", &[("number", &number.to_string())]);
            // Where the notice says the subject itself, once is enough.
            if !said.contains(subject.as_str()) {
                text.push_str(&format!("{subject}\n"));
                html.push_str(&format!("<br>\n{}", escaped(subject)));
            }
            text.push_str(&format!("{link}\n"));
            html.push_str(&format!("<br>\n<a href=\"{link}\">{}</a>", escaped(&open)));
        }
        html.push_str("</p>\n");
    }
    if let Some(more) = items.len().checked_sub(ITEMS_MAX).filter(|more| *more > 0) {
        let more = wording.count("mail-more", more, &[("link", &all)]);
        text.push_str(&format!("\n{more}\n"));
        html.push_str(&format!("<p>{}</p>\n", escaped(&more)));
    }
    let no_answer = wording.with("mail-no-answer", &[]);
    text.push_str(&format!("\n{no_answer}\n{}\n", wording.with("mail-choices", &[("link", &choices)])));
    let link = wording.with("mail-choices-link", &[]);
    html.push_str(&format!("<p>{}<br>\n<a href=\"{choices}\">{}</a></p>\n", escaped(&no_answer), escaped(&link)));
    Said { subject: cut(&subject), text, html }
}

/// On one line, and not too long.
fn cut(subject: &str) -> String {
    let line = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SUBJECT_MAX {
        return line;
    }
    line.chars().take(SUBJECT_MAX - 1).chain(['…']).collect()
}

/// As text within HTML, its lines kept.
fn escaped(text: &str) -> String {
    mail::escape_html(text).replace('\n', "<br>\n")
}

#[cfg(test)]
mod tests {
    use store::Id;

    use super::*;
    use crate::notifications::What;

    fn items(count: usize) -> Vec<Item> {
        let what = What::Assigned { who: "Bo <b>\"x\"".to_owned(), number: 1042 };
        let ticket = Some((Id(7), 1042, "<script>The logo\r\nBcc: x</script>".to_owned()));
        vec![Item { what, ticket, is_merged: false, told_at: "2026-11-17T09:00:00Z".parse().unwrap() }; count]
    }

    #[test]
    fn a_mail_of_one_says_it_in_its_subject_and_nothing_in_it_becomes_markup() {
        let url = PublicUrl::read("https://desk.example").unwrap();
        let said = of(Wording::of("pt"), &url, "Acme", "Ana", &items(1));
        assert_eq!(said.subject, "Acme: Bo <b>\"x\" entregou-lhe o pedido 1042.");
        assert!(said.text.contains("https://desk.example/tickets/7") && said.text.contains("/notifications/choices"));
        assert!(!said.html.contains("<script>") && said.html.contains("&lt;script&gt;The logo"), "{}", said.html);
    }

    #[test]
    fn a_subject_that_the_notice_says_itself_is_said_once() {
        let url = PublicUrl::read("https://desk.example").unwrap();
        let mut items = items(1);
        let text = format!("Urgent: ticket 1042, {}", items[0].ticket.as_ref().unwrap().2);
        items[0].what = What::Told { text, languages: Default::default() };
        let said = of(Wording::of("en"), &url, "Acme", "Ana", &items);
        assert_eq!(
            (said.text.matches("The logo").count(), said.html.matches("The logo").count()),
            (1, 1),
            "{}",
            said.text
        );
        assert!(said.text.contains("https://desk.example/tickets/7"));
    }

    #[test]
    fn a_mail_of_very_many_says_how_many_more_there_are() {
        let url = PublicUrl::read("https://desk.example").unwrap();
        let said = of(Wording::of("en"), &url, "Acme", "Ana", &items(ITEMS_MAX + 3));
        assert_eq!(said.subject, "Acme: 53 notices");
        assert!(said.text.contains("And 3 more: https://desk.example/notifications"), "{}", said.text);
    }
}
