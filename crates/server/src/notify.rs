//! Telling whoever started the process that it is ready, and that it stops: the datagrams of `sd_notify(3)`.

use std::os::linux::net::SocketAddrExt;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::net::{SocketAddr, UnixDatagram};

/// The desk listens.
pub(crate) fn ready() {
    tell("READY=1");
}

/// The desk stops.
pub(crate) fn stopping() {
    tell("STOPPING=1");
}

/// Does nothing where nobody asked to be told.
fn tell(state: &str) {
    let Some(socket) = std::env::var_os("NOTIFY_SOCKET") else { return };
    let name = socket.as_bytes();
    let address = match name.strip_prefix(b"@") {
        Some(name) => SocketAddr::from_abstract_name(name),
        None => SocketAddr::from_pathname(&socket),
    };
    let told = address.and_then(|address| UnixDatagram::unbound()?.send_to_addr(state.as_bytes(), &address));
    if let Err(error) = told {
        tracing::warn!(%error, state, "the service manager could not be told");
    }
}
