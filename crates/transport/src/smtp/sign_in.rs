//! Signing in (RFC 4954): PLAIN, LOGIN and XOAUTH2.

use super::conversation::{Conversation, Reply};
use crate::fault::{Fault, Kind, Stage};
use crate::{Login, Secret, sasl};

/// Signs in. A login that the server refuses is not tried in another way: some servers count.
pub(super) async fn sign_in(conversation: &mut Conversation, login: &Login) -> Result<(), Fault> {
    conversation.wire.stage = Stage::SignIn;
    conversation.wire.require_private()?;
    let has = |mechanism: &str| conversation.abilities.mechanisms.iter().any(|offered| offered == mechanism);
    let reply = match login {
        Login::OAuth2 { user, access_token } if has("XOAUTH2") => {
            let reply = conversation.ask(&format!("AUTH XOAUTH2 {}", sasl::xoauth2(user, access_token))).await?;
            return if reply.code == 334 { Err(explained(conversation, &reply).await?) } else { judged(&reply) };
        }
        Login::Password { user, password } if has("PLAIN") => {
            conversation.ask(&format!("AUTH PLAIN {}", sasl::plain(user, password))).await?
        }
        Login::Password { user, password } if has("LOGIN") => by_turns(conversation, user, password).await?,
        _ => return Err(Fault::new(Stage::SignIn, Kind::NoMechanism)),
    };
    judged(&reply)
}

/// The mechanism LOGIN: the server asks for the name, then for the password.
async fn by_turns(conversation: &mut Conversation, user: &str, password: &Secret) -> Result<Reply, Fault> {
    let mut reply = conversation.ask("AUTH LOGIN").await?;
    for value in [user, password.expose()] {
        if reply.code != 334 {
            break;
        }
        reply = conversation.ask(&sasl::alone(value)).await?;
    }
    Ok(reply)
}

/// Why a token was not taken: the server explains it in a challenge, and refuses once that is answered.
async fn explained(conversation: &mut Conversation, challenge: &Reply) -> Result<Fault, Fault> {
    let words = sasl::challenge(&challenge.lines.concat());
    let refusal = conversation.ask("").await?.fault(Stage::SignIn);
    let said = refusal.said.unwrap_or_default();
    let kind = if refusal.kind == Kind::NotNow { Kind::NotNow } else { Kind::LoginRefused };
    Ok(Fault::saying(Stage::SignIn, kind, &[words.as_slice(), b"; ", said.as_bytes()].concat()))
}

fn judged(reply: &Reply) -> Result<(), Fault> {
    if reply.code == 235 { Ok(()) } else { Err(reply.fault(Stage::SignIn)) }
}
