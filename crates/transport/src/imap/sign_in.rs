//! Signing in: SASL PLAIN and XOAUTH2 (RFC 9051, section 6.2.2), or the command LOGIN.

use super::conversation::{Command, Conversation};
use super::response::{Condition, Response};
use crate::fault::{Fault, Kind, Stage};
use crate::{Login, sasl};

/// Signs in. A login that the server refuses is not tried in another way: some servers count.
pub(super) async fn sign_in(conversation: &mut Conversation, login: &Login) -> Result<(), Fault> {
    conversation.at(Stage::SignIn);
    conversation.wire().require_private()?;
    let command = match login {
        Login::OAuth2 { user, access_token } if conversation.can("AUTH=XOAUTH2") => {
            authenticate(conversation, "XOAUTH2", sasl::xoauth2(user, access_token))
        }
        Login::Password { user, password } if conversation.can("AUTH=PLAIN") => {
            authenticate(conversation, "PLAIN", sasl::plain(user, password))
        }
        Login::Password { user, password } if !conversation.can("LOGINDISABLED") => {
            login_command(user, password.expose())
        }
        _ => return Err(Fault::new(Stage::SignIn, Kind::NoMechanism)),
    };
    let mut explained = None;
    let status = conversation.run(command, |response| {
        if let Response::Continue(challenge) = response {
            explained = Some(sasl::challenge(&challenge));
        }
    });
    let status = status.await?;
    if status.condition == Condition::Ok {
        return conversation.learn().await;
    }
    let mut fault = conversation.refusal(&status);
    if let Some(explained) = explained {
        let words = [explained.as_slice(), b"; ", &status.text].concat();
        fault = Fault::saying(fault.stage, fault.kind, &words);
    }
    Err(fault)
}

/// `AUTHENTICATE`, what is said with it in the same line where the server takes that (SASL-IR, RFC 4959).
fn authenticate(conversation: &Conversation, mechanism: &str, said: String) -> Command {
    let command = format!("AUTHENTICATE {mechanism}");
    if conversation.can("SASL-IR") {
        Command::new(format!("{command} {said}"))
    } else {
        Command::of_lines(vec![command.into_bytes(), said.into_bytes()])
    }
}

/// `LOGIN`, with the two values as literals, which may hold anything.
fn login_command(user: &str, password: &str) -> Command {
    Command::of_lines(vec![
        format!("LOGIN {{{}}}", user.len()).into_bytes(),
        format!("{user} {{{}}}", password.len()).into_bytes(),
        password.as_bytes().to_vec(),
    ])
}
