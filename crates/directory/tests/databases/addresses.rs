//! An address is compared lower-cased and whole, and whatever it holds is only a value.

use directory::Answer;

use crate::place::on_each_engine;

#[tokio::test]
async fn case_does_not_matter_and_every_character_does() {
    on_each_engine("whole", async |place| {
        for address in ["maria@acme.example", "MARIA@ACME.EXAMPLE", "Maria@Acme.example"] {
            assert!(matches!(place.who(address).await, Answer::Found(_)), "{:?} {address}", place.engine);
        }
        for address in [
            "%",
            "_",
            "%@acme.example",
            "maria@acme.exampl_",
            "underXscore@acme.example",
            "aria@acme.example",
            "maria@acme.example.attacker.example",
            "maria@acme.example ",
            " maria@acme.example",
            "",
            "zoe@moller.example",
        ] {
            assert_eq!(place.who(address).await, Answer::Missing, "{:?} {address:?}", place.engine);
        }
    })
    .await;
}

#[tokio::test]
async fn sql_in_an_address_is_an_address_that_nobody_has() {
    on_each_engine("injection", async |place| {
        for address in [
            "' OR '1'='1",
            "maria@acme.example' OR 1=1 -- ",
            "\\' OR 1=1 -- ",
            "\" OR \"\"=\"",
            "x'; DELETE FROM people; --",
            "$1",
            "?",
            ":email",
            "/*",
            "\u{0027}\u{02BC} OR 1=1",
        ] {
            assert_eq!(place.who(address).await, Answer::Missing, "{:?} {address:?}", place.engine);
        }
        let nul = place.who("maria@acme.example\0").await;
        assert!(!matches!(nul, Answer::Found(_)), "{:?} {nul:?}", place.engine);
        assert!(matches!(place.who("maria@acme.example").await, Answer::Found(_)), "{:?}", place.engine);
    })
    .await;
}
