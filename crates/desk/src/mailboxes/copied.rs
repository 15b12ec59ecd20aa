//! Whom a mail names beside the desk: they get what the desk says on its ticket in copy.

use mail::token::ADDRESS_MARK;
use mail::{Address, Incoming, address};
use store::Conn;

use super::connected;
use crate::tickets::participants::COPIES_MAX;
use crate::{Result, Settings};

/// Everybody whom `mail` went to apart from its writer and this desk, by any of the desk's addresses. Nobody for a mail to more people
/// than a ticket has in copy: that is a circular. Where the desk's own address is not among the recipients, one of those in `To` stands
/// for it (an alias), and only `Cc` is trusted.
pub async fn beside_us(conn: &mut Conn, settings: &Settings, mail: &Incoming) -> Result<Vec<Address>> {
    let mut to = Vec::new();
    let mut cc = Vec::new();
    let mut names_us = false;
    for (fields, others) in [(&mail.to, &mut to), (&mail.cc, &mut cc)] {
        // The rest of a circular is not looked at.
        for named in fields.iter().take(COPIES_MAX * 2) {
            if is_ours(conn, settings, mail, &named.key()).await? {
                names_us = true;
            } else {
                others.push(named.clone());
            }
        }
    }
    let named = if names_us { to.into_iter().chain(cc).collect() } else { cc };
    let sender = mail.from.as_ref().map(Address::key);
    let mut copies: Vec<Address> = Vec::new();
    for named in named {
        let key = named.key();
        let is_new = Some(&key) != sender.as_ref() && copies.iter().all(|known| known.key() != key);
        if is_new && address::is_plausible(&named.address) {
            copies.push(named);
        }
    }
    Ok(if copies.len() > COPIES_MAX { Vec::new() } else { copies })
}

/// Whether a mail to this address came to the desk: its own, that of one of its mailboxes, one that a mail of ours asked to be answered
/// at, or one that this very mail was delivered to.
async fn is_ours(conn: &mut Conn, settings: &Settings, mail: &Incoming, key: &str) -> Result<bool> {
    let plain = match (key.split_once(ADDRESS_MARK), key.rsplit_once('@')) {
        (Some((local, _)), Some((_, domain))) => format!("{local}@{domain}"),
        _ => key.to_owned(),
    };
    let delivered = mail.delivered_to.iter().any(|to| Address::bare(to).key() == key);
    Ok(delivered || connected::is_own_address(conn, settings, &plain).await?)
}
