//! Where a request comes from, for what is slowed down by place.

use std::net::IpAddr;

use axum::http::request::Parts;

use crate::state::App;

/// The other end of the connection, as the listener saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

/// Where a request comes from; `None` where nothing is known, as in tests without a socket. Once the desk is told its public address a
/// proxy is in front of it, so one that stands on this machine or in this network is believed what it writes last into
/// `X-Forwarded-For`: that is who came to it. What stands before that the visitor wrote.
pub fn of(app: &App, parts: &Parts) -> Option<IpAddr> {
    let peer = parts.extensions.get::<Peer>().map(|peer| peer.0.to_canonical());
    let has_proxy = app.desk.ground.settings.public_url.as_ref().is_some_and(desk::settings::PublicUrl::is_secure);
    if !has_proxy || !peer.is_none_or(is_near) {
        return peer;
    }
    let told = parts.headers.get_all("x-forwarded-for").iter().next_back();
    let last = told.and_then(|value| value.to_str().ok()?.rsplit(',').next()?.trim().parse::<IpAddr>().ok());
    last.or(peer)
}

fn is_near(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_loopback() || address.is_private() || address.is_link_local(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_and_its_network_are_near() {
        for near in ["127.0.0.1", "::1", "10.1.2.3", "172.17.0.1", "192.168.1.1", "fd00::1", "fe80::1"] {
            assert!(is_near(near.parse().unwrap()), "{near}");
        }
        for far in ["192.0.2.7", "8.8.8.8", "2001:db8::1"] {
            assert!(!is_near(far.parse().unwrap()), "{far}");
        }
    }
}
