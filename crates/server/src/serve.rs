//! The server: HTTP, live updates and the loops, from the start to a stop that loses nothing.

use std::future::Future;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use desk::mailboxes::listening::Ear;
use desk::outbox::Carrier;
use desk::settings::PublicUrl;
use desk::{Desk, Error, Result};
use futures::FutureExt;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::edge::peer::Peer;
use crate::edge::{Problem, host, limits, origin};
use crate::mailing::Post;
use crate::metrics::Requests;
use crate::pages::faults;
use crate::presence::Presence;
use crate::rehearsals::Rehearsals;
use crate::state::App;
use crate::workers::{Pulse, Workers};
use crate::{api, live, notify};

/// How long a connection may take to send the headers of a request.
const HEADERS_MAX: Duration = Duration::from_secs(20);
/// How long stopping waits for the requests that are being answered.
const ANSWERS_MAX: Duration = Duration::from_secs(10);
/// How long those who have just connected may take to begin with their request when the process stops.
const BEFORE_CLOSING: Duration = Duration::from_millis(100);
/// How long to wait when no connection can be taken, such as when no file handle is left.
const AFTER_FAILURE: Duration = Duration::from_millis(100);

/// How to serve.
pub struct Options {
    /// Where to listen; port 0 takes any that is free.
    pub listen: SocketAddr,
    /// What carries mails out.
    pub carrier: Arc<dyn Carrier>,
    /// Whether this is the demo.
    pub demo: bool,
    /// How mail servers are spoken to.
    pub post: Post,
}

/// Every address of the server, behind its limits.
pub fn router(app: App) -> Router {
    let routes = Router::new()
        .merge(api::router())
        .merge(live::router())
        .merge(crate::pages::router().layer(from_fn_with_state(app.clone(), origin::only_from_here)))
        .method_not_allowed_fallback(async || Problem::wrong_method());
    let routes = if app.demo { routes.layer(from_fn(host::only_this_machine)) } else { routes };
    limits::guard(routes, &app).layer(from_fn_with_state(app.clone(), faults::as_pages)).with_state(app)
}

/// Serves `desk` until `stop` is done: then no connection is taken any more, what is being answered is answered, the loops finish
/// what they are doing, and the desk is closed.
pub async fn serve(desk: Desk, options: Options, stop: impl Future<Output = ()>) -> Result<()> {
    let listener = TcpListener::bind(options.listen).await.map_err(|error| {
        Error::unavailable(format!("The address {} cannot be listened on: {error}.", options.listen))
            .advise("Give another one with --listen.")
    })?;
    serve_with(listener, desk, options, stop).await
}

/// Like [`serve`], on a listener that is bound already; mail servers are believed as the platform believes them.
pub async fn serve_on(
    listener: TcpListener,
    desk: Desk,
    carrier: Arc<dyn Carrier>,
    demo: bool,
    stop: impl Future<Output = ()>,
) -> Result<()> {
    let listen = listener.local_addr().map_err(|error| Error::unavailable(error.to_string()))?;
    serve_with(listener, desk, Options { listen, carrier, demo, post: Post::default() }, stop).await
}

async fn serve_with(listener: TcpListener, desk: Desk, options: Options, stop: impl Future<Output = ()>) -> Result<()> {
    let Options { carrier, demo, post, .. } = options;
    let address = listener.local_addr().map_err(|error| Error::unavailable(error.to_string()))?;
    // Without a word about it, only this machine is sure to reach it as it listens.
    let desk = match desk.ground.settings.public_url {
        None if address.ip().is_loopback() => {
            desk.reached_at(PublicUrl::read(&format!("http://{address}"))?, false).await?
        }
        _ => desk,
    };
    let (stopping, is_stopping) = watch::channel(false);
    let pulse = Pulse::new(desk.ground.clock.clone());
    // The demo's mail comes from nowhere else.
    let listens = !demo;
    if listens {
        desk.begins_to_listen().await?;
    }
    let workers = Workers::start(&desk, carrier, listens, &pulse, &post, &is_stopping);
    let requests = Requests::default();
    let presence = Presence::new(desk.ground.clock.clone());
    tokio::spawn(presence.clone().listen(desk.ground.db.clone(), is_stopping.clone()));
    let rehearsals = Rehearsals::default();
    let app = App { desk: desk.clone(), demo, post, pulse, presence, rehearsals, requests, stopping: is_stopping };
    let router = router(app);
    // Nobody may be there to read it.
    let _ = writeln!(std::io::stdout(), "Deskhand listens on http://{address}");
    if !demo && desk.needs_set_up().await? {
        tell_set_up(&desk, address).await;
    }
    tracing::info!(%address, demo, "listening");
    notify::ready();

    let connections = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => answer(stream, Peer(peer.ip()), router.clone(), &connections),
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be taken");
                    tokio::time::sleep(AFTER_FAILURE).await;
                }
            }
        }
    }

    tracing::info!("stopping");
    notify::stopping();
    // Whoever has a connection already is answered, though nobody has taken it yet.
    while let Some(Ok((stream, peer))) = listener.accept().now_or_never() {
        answer(stream, Peer(peer.ip()), router.clone(), &connections);
    }
    drop(listener);
    // A connection on which nothing was read yet would be closed at once, though its request may be on the way.
    tokio::time::sleep(BEFORE_CLOSING).await;
    stopping.send_replace(true);
    if tokio::time::timeout(ANSWERS_MAX, connections.shutdown()).await.is_err() {
        tracing::warn!("some requests were not answered in time and are given up");
    }
    workers.stopped().await;
    if listens && let Err(error) = desk.listens(Ear::OneOfMany, desk.ground.clock.real_now()).await {
        tracing::warn!(%error, "until when the desk listened could not be noted");
    }
    desk.close().await
}

/// Says where the desk is set up.
async fn tell_set_up(desk: &Desk, address: SocketAddr) {
    match set_up_link(desk, address).await {
        // Nobody may be reading that any more, which is no reason to stop.
        Ok(link) => drop(writeln!(std::io::stdout(), "Nobody owns it yet. Set it up at {link}")),
        Err(error) => tracing::warn!(%error, "no link to set the desk up could be made"),
    }
}

/// Where the desk is set up: whoever reads the console may, and nobody who merely reaches it.
async fn set_up_link(desk: &Desk, address: SocketAddr) -> Result<String> {
    let path = format!("/set-up/{}", desk.make_set_up_code().await?);
    let public = desk.ground.settings.public_url.as_ref();
    Ok(public.map_or_else(|| format!("http://{address}{path}"), |url| url.of(&path)))
}

/// Answers the requests of one connection, in a task of its own.
fn answer(stream: TcpStream, peer: Peer, router: Router, connections: &GracefulShutdown) {
    // Answers are small and awaited: none is held back to be sent with the next.
    let _ = stream.set_nodelay(true);
    // HTTP/1.1 alone: a browser speaks HTTP/2 only over TLS, which the proxy in front ends.
    let mut builder = Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEADERS_MAX);
    let inner = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        inner.call(request)
    });
    let connection = builder.serve_connection(TokioIo::new(stream), service);
    let connection = connections.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection ended badly");
        }
    });
}
