//! The secrets of mailboxes: sealed when they are entered, opened for whoever speaks to their servers.

use store::{Chance, Conn, Id};

use super::{
    After, Entry, Grant, GrantEntry, Incoming, LoginEntry, Mailbox, Outgoing, OutgoingEntry, OutgoingLogin, Server,
    queries,
};
use crate::error::FieldError;
use crate::sealed::{Sealed, Seals, Secret, Slot};
use crate::{Context, Error, Result};

/// The table that the secrets stand in.
const TABLE: &str = "connected_mailboxes";

/// A mailbox with its secrets in the open, for whoever speaks to its servers. Its `Debug` form shows none.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The mailbox's address.
    pub address: String,
    /// Where mail is fetched from, who signs in, the folder, and what becomes of its mails.
    pub incoming: Option<(Server, Login, String, After)>,
    /// Where mail is sent to, and who signs in.
    pub outgoing: Option<(Server, Option<Login>)>,
}

/// Who signs in.
#[derive(Clone, Debug)]
pub enum Login {
    /// By a password.
    Password {
        /// The name.
        user: String,
        /// The password.
        password: Secret,
    },
    /// By a token that is had for a grant.
    Grant {
        /// The mailbox's address.
        user: String,
        /// The grant.
        grant: OpenedGrant,
    },
}

/// A grant in the open.
#[derive(Clone, Debug)]
pub struct OpenedGrant {
    /// Where tokens are had.
    pub endpoint: String,
    /// The program's name there.
    pub client_id: String,
    /// The program's password there.
    pub client_secret: Option<Secret>,
    /// The grant.
    pub refresh_token: Secret,
    /// What a token should be good for.
    pub scope: Option<String>,
}

/// Opens the secrets of a mailbox.
///
/// # Errors
/// [`Kind::Conflict`](crate::error::Kind::Conflict) without the master key that they were sealed under.
pub fn open(seals: &Seals, mailbox: &Mailbox) -> Result<Opened> {
    let row = mailbox.id.to_string();
    let opened = |column: &str, sealed: &Sealed<Secret>| seals.open(Slot { table: TABLE, row: &row, column }, sealed);
    let grant = match &mailbox.grant {
        None => None,
        Some(grant) => Some(OpenedGrant {
            endpoint: grant.endpoint.clone(),
            client_id: grant.client_id.clone(),
            client_secret: grant.client_secret.as_ref().map(|secret| opened("client_secret", secret)).transpose()?,
            refresh_token: opened("refresh_token", &grant.refresh_token)?,
            scope: grant.scope.clone(),
        }),
    };
    let login = |user: &str, column: &str, password: Option<&Sealed<Secret>>| -> Result<Login> {
        let user = user.to_owned();
        match (&grant, password) {
            (Some(grant), _) => Ok(Login::Grant { user, grant: grant.clone() }),
            (None, Some(password)) => Ok(Login::Password { user, password: opened(column, password)? }),
            (None, None) => Err(Error::internal("a mailbox without a password")),
        }
    };
    let fetching = match &mailbox.incoming {
        None => None,
        Some(incoming) => Some((incoming, login(&incoming.user, "in_password", incoming.password.as_ref())?)),
    };
    let outgoing = match &mailbox.outgoing {
        None => None,
        Some(Outgoing { server, login: who }) => {
            let who = match who {
                OutgoingLogin::Nobody => None,
                OutgoingLogin::Same => fetching.as_ref().map(|(_, login)| login.clone()),
                OutgoingLogin::Own { user, password } => Some(login(user, "out_password", password.as_ref())?),
            };
            Some((server.clone(), who))
        }
    };
    let incoming = fetching
        .map(|(incoming, login)| (incoming.server.clone(), login, incoming.folder.clone(), incoming.after.clone()));
    Ok(Opened { address: mailbox.address.clone(), incoming, outgoing })
}

/// The mailbox that `entry` makes of `before`, its secrets sealed. What was not entered is kept where it still goes to the same
/// place in the same hands; otherwise whoever may change a mailbox could have its password sent to a server of theirs.
pub(super) fn seal(
    seals: &Seals,
    chance: &Chance,
    entry: &Entry,
    (id, before): (Id, Option<&Mailbox>),
    blank: Mailbox,
) -> Result<Mailbox> {
    let row = id.to_string();
    let mut sealing = Sealing { seals, chance, row: &row, wrong: Vec::new() };
    let by_grant = entry.grant.is_some();
    let incoming = match &entry.incoming {
        None => None,
        Some(new) => {
            let old = before.and_then(|before| before.incoming.as_ref());
            let kept = old.filter(|old| old.server == new.server && old.user == new.login.user);
            let kept = kept.and_then(|old| old.password.clone());
            let password = sealing.password("incoming.password", "in_password", &new.login, (by_grant, kept))?;
            let (server, user) = (new.server.clone(), new.login.user.clone());
            Some(Incoming { server, user, password, folder: new.folder.clone(), after: new.after.clone() })
        }
    };
    let outgoing = match &entry.outgoing {
        None => None,
        Some(new) => {
            let login = sealing.outgoing_login(new, by_grant, before)?;
            sealing.keep_to_its_server(new, entry, before);
            Some(Outgoing { server: new.server.clone(), login })
        }
    };
    let grant = match &entry.grant {
        None => None,
        Some(new) => {
            sealing.grant(new, before.filter(|before| stays(entry, before)).and_then(|before| before.grant.as_ref()))?
        }
    };
    if !sealing.wrong.is_empty() {
        return Err(Error::invalid_fields(sealing.wrong));
    }
    Ok(Mailbox { incoming, outgoing, grant, ..blank })
}

/// Whether tokens go to the servers that they went to before.
fn stays(entry: &Entry, before: &Mailbox) -> bool {
    let to = |server: &Server, old: Option<&Server>| old == Some(server);
    let fetches = entry.incoming.as_ref();
    let sends = entry.outgoing.as_ref();
    fetches.is_none_or(|new| to(&new.server, before.incoming.as_ref().map(|old| &old.server)))
        && sends.is_none_or(|new| to(&new.server, before.outgoing.as_ref().map(|old| &old.server)))
}

struct Sealing<'s> {
    seals: &'s Seals,
    chance: &'s Chance,
    row: &'s str,
    wrong: Vec<FieldError>,
}

impl Sealing<'_> {
    fn seal(&self, column: &str, secret: &Secret) -> Result<Sealed<Secret>> {
        self.seals.seal(self.chance, Slot { table: TABLE, row: self.row, column }, secret)
    }

    fn again(&mut self, field: &str) {
        let message = "enter it: it is not known yet, or was for another server or login";
        self.wrong.push(FieldError::new(field, "again", message));
    }

    fn password(
        &mut self,
        field: &str,
        column: &str,
        login: &LoginEntry,
        (by_grant, kept): (bool, Option<Sealed<Secret>>),
    ) -> Result<Option<Sealed<Secret>>> {
        match (&login.password, kept) {
            _ if by_grant => Ok(None),
            (Some(new), _) => self.seal(column, new).map(Some),
            (None, Some(kept)) => Ok(Some(kept)),
            (None, None) => {
                self.again(field);
                Ok(None)
            }
        }
    }

    fn outgoing_login(
        &mut self,
        new: &OutgoingEntry,
        by_grant: bool,
        before: Option<&Mailbox>,
    ) -> Result<OutgoingLogin> {
        let Some(login) = &new.login else {
            return Ok(if new.same { OutgoingLogin::Same } else { OutgoingLogin::Nobody });
        };
        let old = before.and_then(|before| before.outgoing.as_ref()).filter(|old| old.server == new.server);
        let kept = old.and_then(|old| match &old.login {
            OutgoingLogin::Own { user, password } if *user == login.user => password.clone(),
            _ => None,
        });
        let password = self.password("outgoing.password", "out_password", login, (by_grant, kept))?;
        Ok(OutgoingLogin::Own { user: login.user.clone(), password })
    }

    /// A password for fetching that is kept goes to no other server for sending than it went to before.
    fn keep_to_its_server(&mut self, new: &OutgoingEntry, entry: &Entry, before: Option<&Mailbox>) {
        let entered = entry.incoming.as_ref().is_some_and(|incoming| incoming.login.password.is_some());
        if !new.same || entered || entry.grant.is_some() || before.is_none() {
            return;
        }
        let old = before.and_then(|before| before.outgoing.as_ref());
        let went = old.is_some_and(|old| old.server == new.server && matches!(old.login, OutgoingLogin::Same));
        if !went && !self.wrong.iter().any(|wrong| wrong.field == "incoming.password") {
            self.again("incoming.password");
        }
    }

    fn grant(&mut self, new: &GrantEntry, old: Option<&Grant>) -> Result<Option<Grant>> {
        let kept = old.filter(|old| old.endpoint == new.endpoint && old.client_id == new.client_id);
        let client_secret = match (&new.client_secret, kept) {
            (Some(secret), _) => Some(self.seal("client_secret", secret)?),
            (None, kept) => kept.and_then(|old| old.client_secret.clone()),
        };
        let refresh_token = match (&new.refresh_token, kept) {
            (Some(token), _) => self.seal("refresh_token", token)?,
            (None, Some(old)) => old.refresh_token.clone(),
            (None, None) => {
                self.again("grant.refresh_token");
                return Ok(None);
            }
        };
        Ok(Some(Grant {
            endpoint: new.endpoint.clone(),
            client_id: new.client_id.clone(),
            client_secret,
            refresh_token,
            scope: new.scope.clone(),
        }))
    }
}

/// Replaces a grant that was good for once by the one that came with its token.
pub async fn keep_refresh_token(context: &mut Context<'_>, id: Id, token: &Secret) -> Result<()> {
    let row = id.to_string();
    let slot = Slot { table: TABLE, row: &row, column: "refresh_token" };
    let sealed = context.settings.seals.seal(context.chance, slot, token)?;
    Ok(queries::keep_refresh_token(context.tx, id, &sealed).await?)
}

/// What `entry` says with the secrets that it leaves as they are in `before`, in the open: for trying it before it is kept.
///
/// # Errors
/// As keeping it would have; nothing is kept.
pub async fn of_entry(
    conn: &mut Conn,
    (seals, chance): (&Seals, &Chance),
    entry: &Entry,
    id: Option<Id>,
) -> Result<Opened> {
    let before = match id {
        None => None,
        Some(id) => Some(queries::find(conn, id).await?.ok_or_else(|| Error::not_found("mailbox"))?),
    };
    // Its row has no number yet; what is sealed for it is opened at once and forgotten.
    let id = id.unwrap_or(Id(0));
    let blank = super::keep::blank(id, entry, before.as_ref(), jiff::Timestamp::UNIX_EPOCH);
    open(seals, &seal(seals, chance, entry, (id, before.as_ref()), blank)?)
}
