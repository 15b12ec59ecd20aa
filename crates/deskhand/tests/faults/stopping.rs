//! Stopping a desk that is at work.

use std::os::unix::net::UnixDatagram;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::running::{Place, Running};
use crate::{count, form, serving};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stop_under_load_answers_every_request_that_was_begun_and_ends_live_streams() {
    for place in [Some(Place::embedded()), Place::on_server("stopping").await].into_iter().flatten() {
        let token = place.prepare(1).await;
        let (running, address) = serving(&place).await;
        let mut live = TcpStream::connect(address).await.unwrap();
        let asking = format!("GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n\r\n");
        live.write_all(asking.as_bytes()).await.unwrap();
        let stopping = Arc::<AtomicBool>::default();
        let mut senders = tokio::task::JoinSet::new();
        for sender in 0..6 {
            let (stopping, token) = (Arc::clone(&stopping), token.clone());
            senders.spawn(async move {
                for taken in 0.. {
                    if stopping.load(Ordering::SeqCst) {
                        return taken;
                    }
                    let answer = form(&format!("{sender}-{taken}")).by(&token).send(address).await;
                    match answer {
                        Ok(answer) => assert_eq!(answer.status, 201, "{answer:?}"),
                        Err(error) => {
                            assert!(stopping.load(Ordering::SeqCst), "a request was cut: {error}");
                            // Begun before the stop was asked for, and answered all the same: see below.
                            panic!("a request that was begun was not answered: {error}");
                        }
                    }
                }
                0
            });
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
        stopping.store(true, Ordering::SeqCst);
        let status = running.stop().await;
        assert_eq!(status.code(), Some(0), "{}", place.said());
        let taken: i64 = senders.join_all().await.into_iter().sum();
        assert!(taken > 6, "{taken}");
        assert_eq!(
            count(&place, "SELECT COUNT(*) AS count FROM tickets WHERE playbook = 'document-change'").await,
            taken
        );
        let mut stream = String::new();
        tokio::time::timeout(Duration::from_secs(5), live.read_to_string(&mut stream)).await.expect("it ends").unwrap();
        // A stream that ends in order says so (RFC 9112, section 7.1).
        assert!(stream.starts_with("HTTP/1.1 200") && stream.ends_with("0\r\n\r\n"), "{stream}");
        place.remove().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_signal_ends_it_at_once() {
    let place = Place::embedded();
    let token = place.prepare(1).await;
    let (mut running, address) = serving(&place).await;
    // A request that is never whole holds up a stop for ten seconds.
    let mut half = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST /api/v1/tickets HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Length: 10\r\n\r\n{{"
    );
    half.write_all(head.as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(300)).await;
    running.signal("TERM").await;
    assert!(running.ended_within(Duration::from_millis(700)).await.is_none(), "it waits for the request");
    running.signal("TERM").await;
    let status = running.ended_within(Duration::from_secs(3)).await.expect("it ends at once");
    assert_eq!(status.code(), Some(128 + 15), "{}", place.said());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_started_it_is_told_when_it_is_ready_and_when_it_stops() {
    let (folder, place) = (tempfile::tempdir().unwrap(), Place::embedded());
    let socket = folder.path().join("notify");
    let hearing = UnixDatagram::bind(&socket).unwrap();
    hearing.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut command = place.serve("smtp://127.0.0.1:9");
    command.env("NOTIFY_SOCKET", &socket);
    let mut running = Running::start(command);
    assert!(running.address().await.is_some(), "{}", place.said());
    let heard = || {
        let mut bytes = [0; 64];
        let length = hearing.recv(&mut bytes).unwrap();
        String::from_utf8(bytes[..length].to_vec()).unwrap()
    };
    assert_eq!(heard(), "READY=1");
    assert!(running.stop().await.success(), "{}", place.said());
    assert_eq!(heard(), "STOPPING=1");
}
