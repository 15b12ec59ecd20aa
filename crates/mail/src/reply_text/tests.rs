use proptest::prelude::*;

use super::reply;

#[test]
fn a_quote_below_is_dropped_with_its_attribution() {
    let text = "Yes, please.\n\nOn Mon, 16 Nov 2026 at 10:02, Bo Lind <bo@desk.example>\nwrote:\n\n> Shall we publish it?\n>\n> Bo\n";
    assert_eq!(reply(text), "Yes, please.");
    let text = "Sim.\n\nEm seg., 16 de nov. de 2026 às 10:02, Bo Lind <bo@desk.example> escreveu:\n> Publicamos?\n";
    assert_eq!(reply(text), "Sim.");
    let text = "Ja.\n\nAm 16.11.2026 um 10:02 schrieb Bo Lind:\n> Gut?\n";
    assert_eq!(reply(text), "Ja.");
    let text = "Oui.\n\nLe lun. 16 nov. 2026 à 10:02, Bo Lind <bo@desk.example> a écrit :\n> Bien ?\n";
    assert_eq!(reply(text), "Oui.");
}

#[test]
fn answers_between_quoted_lines_stay() {
    let text = "Hi Bo,\n\nOn 16 Nov 2026, at 10:02, Bo wrote:\n> First?\nYes.\n> Second?\nNo.\n\nMaria\n";
    assert_eq!(reply(text), "Hi Bo,\n\nYes.\nNo.\n\nMaria");
}

#[test]
fn an_outlook_block_ends_the_reply() {
    for block in [
        "________________________________\nFrom: Bo Lind <bo@desk.example>\nSent: Monday, 16 November 2026 10:02\nTo: Maria\nSubject: Your documents\n\nHello",
        "De: Bo Lind <bo@desk.example>\nEnviado: 16 de novembro de 2026 10:02\nPara: Maria\nAssunto: Documentos\n\nOlá",
        "*From:* Bo\n*Sent:* Monday\n*Subject:* x\n\nHello",
        "-----Original Message-----\nFrom: Bo\nHello",
        "-----Mensagem original-----\nOlá",
    ] {
        assert_eq!(reply(&format!("It works now.\n\n{block}\n")), "It works now.", "{block}");
    }
}

#[test]
fn an_unmarked_quote_ends_the_reply() {
    assert_eq!(
        reply("Done.\n\nOn 16 Nov 2026, at 10:02, Bo <bo@desk.example> wrote:\n\nHello Maria,\nis it done?"),
        "Done."
    );
}

#[test]
fn ordinary_sentences_are_not_taken_for_more() {
    for text in [
        "On Monday we wrote:\nplease publish it.",
        "From: the top floor, we see nothing.\nTo: be honest, it is dark.",
        "The co-worker said -- quite clearly -- no.\nWell-known problem.",
        "De: um lado isto\nE do outro aquilo",
        "We get > 5 errors",
    ] {
        assert_eq!(reply(text), text);
    }
}

#[test]
fn a_sentence_that_begins_like_an_attribution_stays_above_the_real_one() {
    let text = "On page 3 a word is wrong\nplease mend it\nOn 1 Nov 2026 Bo wrote:\n> quoted\n";
    assert_eq!(reply(text), "On page 3 a word is wrong\nplease mend it");
    let broken = "Done\n\nOn Sun, 1 Nov\n2026 at 10:00 Bo <bo@acme.example>\nwrote:\n> quoted\n";
    assert_eq!(reply(broken), "Done");
}

#[test]
fn signatures_go() {
    assert_eq!(reply("Thanks!\n\n-- \nMaria Silva\nAcme\n"), "Thanks!");
    assert_eq!(reply("Thanks!\n--\nMaria\n\nOn 1 Nov 2026 Bo wrote:\n> x\n"), "Thanks!");
    assert_eq!(reply("Ok\n\nSent from my iPhone\n"), "Ok");
    assert_eq!(reply("Ok\n\nEnviado do meu iPhone\n"), "Ok");
    let long = format!("Part one\n--\n{}", "line\n".repeat(30));
    assert!(reply(&long).contains("line"));
}

#[test]
fn our_own_mark_goes() {
    assert_eq!(reply("Fine\n[ref:abc]\n"), "Fine");
}

#[test]
fn something_is_left_unless_all_is_quoted() {
    assert_eq!(reply("Sent from my iPhone\n"), "Sent from my iPhone");
    assert_eq!(reply("-- \nMaria\n"), "-- \nMaria");
    assert!(reply("From: Ana\nDate: today\nSubject: Broken\n\nIt is broken").contains("It is broken"));
    assert!(reply("> quoted\nFrom: Ana\nTo: Bo\nSubject: Broken\n\nIt is broken").contains("It is broken"));
    assert_eq!(reply("> only\n> quoted\n"), "");
    assert_eq!(reply("On 1 Nov 2026 Bo wrote:\n> only\n"), "");
    assert_eq!(reply(""), "");
}

#[test]
fn a_forwarded_mail_is_content() {
    let text = "See below.\n\n---------- Forwarded message ---------\nFrom the log: error 12\n";
    assert!(reply(text).contains("error 12"));
}

proptest! {
    #[test]
    fn a_reply_is_made_of_lines_of_the_text(text in "(On 1 Nov 2026 Bo wrote:|> quoted|-- |--|From: a|To: b|Subject: c|word|  |____________|\\[ref:x\\]|\n){0,30}") {
        let reply = reply(&text);
        for line in reply.lines() {
            prop_assert!(line.trim().is_empty() || text.lines().any(|known| known.contains(line.trim_end())));
        }
        let has_own = text.lines().any(|line| line.contains("word") && line.replace("word", "").trim().is_empty());
        prop_assert!(!(has_own && reply.is_empty()));
    }
}
