//! Raw sockets against the listener: what slow, large, greedy and unclear clients get.

use std::sync::Arc;

use axum::routing::{get, post};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::task::JoinHandle;
use tokio::time::Instant;
use web::{Clock, EnvelopeSettings, ManualClock};

use super::*;

struct Server {
    address: SocketAddr,
    stop: Stop,
    task: JoinHandle<()>,
}

/// Limits short enough to wait for, and wide enough not to be met by accident.
fn short() -> Limits {
    Limits {
        head_timeout_ms: 400,
        idle_timeout_ms: 3_500,
        body_grace_ms: 300,
        shutdown_grace_ms: 3_000,
        ..Limits::default()
    }
}

async fn echo(request: axum::extract::Request) -> Result<Vec<u8>, web::Failure> {
    web::body::read(request, 10_000_000).await.map(|bytes| bytes.to_vec())
}

fn serve(limits: Limits) -> Server {
    let router = Router::new()
        .route("/", get(|| async { "hello" }))
        .route("/large", get(|| async { vec![b'x'; 30_000_000] }))
        .route(
            "/slow",
            get(|| async {
                tokio::time::sleep(Duration::from_millis(400)).await;
                "slow"
            }),
        )
        .route("/never", get(std::future::pending::<&'static str>))
        .route("/echo", post(echo));
    let clock: Arc<dyn Clock> = ManualClock::at(0);
    let envelope =
        Envelope::new(EnvelopeSettings::default(), &limits, clock, &web::random::system()).unwrap();
    let application = Application { envelope, router, limits, proxies: TrustedProxies::default() };
    let listener = Listener::bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let (address, stop) = (listener.address(), Stop::default());
    #[expect(clippy::disallowed_methods, reason = "a test's server ends with the test")]
    let task = tokio::spawn(listener.serve(application, stop.clone()));
    Server { address, stop, task }
}

impl Server {
    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// Sends bytes and reads until the server closes.
    async fn ask(&self, text: impl AsRef<[u8]>) -> String {
        let mut stream = self.connect().await;
        // The server may refuse, and close, before everything is sent.
        stream.write_all(text.as_ref()).await.ok();
        rest_of(&mut stream).await
    }
}

/// What comes until the server closes; a reset ends it too.
async fn rest_of(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut buffer = [0; 65_536];
    while let Ok(count @ 1..) = stream.read(&mut buffer).await {
        bytes.extend_from_slice(&buffer[..count]);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn status(answer: &str) -> &str {
    answer.get(9..12).unwrap_or("none")
}

/// How long it takes until the server closes, in milliseconds.
async fn closes_after(stream: &mut TcpStream) -> u128 {
    let start = Instant::now();
    rest_of(stream).await;
    start.elapsed().as_millis()
}

const GET: &str = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
const GET_CLOSE: &str = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

#[tokio::test]
async fn an_ordinary_request_is_answered() {
    let server = serve(short());
    let answer = server.ask(GET_CLOSE).await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("\r\n\r\nhello"), "{answer}");
    assert!(answer.contains("x-request-id: "));
}

#[tokio::test]
async fn slow_heads_and_silence_are_closed() {
    let server = serve(short());
    let mut silent = server.connect().await;
    assert!((350..2_500).contains(&closes_after(&mut silent).await), "nothing was ever sent");

    let mut slow = server.connect().await;
    slow.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n").await.unwrap();
    let (mut reader, mut writer) = slow.into_split();
    #[expect(clippy::disallowed_methods, reason = "ends with the test")]
    let drip = tokio::spawn(async move {
        while writer.write_all(b"X-A: b\r\n").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
    let start = Instant::now();
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).await.ok();
    let took = start.elapsed().as_millis();
    assert!((300..2_500).contains(&took), "a dripping head was closed after {took} ms");
    drip.abort();
}

#[tokio::test]
async fn kept_connections_may_idle_longer_than_heads_may_take() {
    let server = serve(short());
    let mut stream = server.connect().await;
    for _ in 0..2 {
        stream.write_all(GET.as_bytes()).await.unwrap();
        let mut answer = [0; 4096];
        let count = stream.read(&mut answer).await.unwrap();
        assert!(String::from_utf8_lossy(&answer[..count]).ends_with("hello"));
        tokio::time::sleep(Duration::from_millis(700)).await;
    }
    // Part of the silence is over; a new head has 400 ms from its first byte.
    stream.write_all(b"GET / HT").await.unwrap();
    let took = closes_after(&mut stream).await;
    assert!((350..2_500).contains(&took), "{took}");

    let mut stream = server.connect().await;
    stream.write_all(GET.as_bytes()).await.unwrap();
    let took = closes_after(&mut stream).await;
    assert!((3_400..7_000).contains(&took), "{took}");
}

#[tokio::test]
async fn our_own_slowness_closes_nothing() {
    let server = serve(Limits { head_timeout_ms: 100, idle_timeout_ms: 100, ..short() });
    let answer = server.ask("GET /slow HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
    assert!(answer.ends_with("slow"), "{answer}");
}

#[tokio::test]
async fn readers_that_stop_reading_are_closed() {
    let server = serve(short());
    let mut stream = server.connect().await;
    stream.write_all(b"GET /large HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    tokio::time::sleep(Duration::from_millis(5_000)).await;
    // Whatever the kernel held can still be read; all of it can not.
    assert!(rest_of(&mut stream).await.len() < 30_000_000);
    // A reader that goes on gets everything.
    let answer = server.ask("GET /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
    assert!(answer.len() > 30_000_000);
}

#[tokio::test]
async fn heads_end_at_their_limit() {
    let server = serve(short());
    let fixed = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: \r\n\r\n".len();
    let with_header = |bytes: usize| {
        let filler = "x".repeat(bytes - fixed);
        format!("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: {filler}\r\n\r\n")
    };
    assert_eq!(status(&server.ask(with_header(16_384)).await), "200");
    let over = server.ask(with_header(16_385)).await;
    assert_eq!(status(&over), "431");
    assert!(over.contains("\"code\":\"MS105\"") && over.contains("connection: close"), "{over}");
    assert_eq!(status(&server.ask(with_header(1_638_400)).await), "431");

    let with_path = |bytes: usize| format!("GET /?{} HTTP/1.1\r\nHost: a\r\n\r\n", "x".repeat(bytes));
    assert_eq!(status(&server.ask(with_path(16_384)).await), "414");
    assert!(["414", "431"].contains(&status(&server.ask(with_path(1_638_400)).await)));

    let with_count = |count: usize| {
        format!("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{}\r\n", "X: y\r\n".repeat(count - 2))
    };
    assert_eq!(status(&server.ask(with_count(100)).await), "200");
    assert_eq!(status(&server.ask(with_count(101)).await), "431");
}

#[tokio::test]
async fn unclear_requests_are_refused() {
    let server = serve(short());
    for (name, text) in [
        ("no host", "GET / HTTP/1.1\r\n\r\n"),
        ("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
        ("two lengths", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
        ("odd length", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\na"),
        ("blank before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n"),
        ("folded header", "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n"),
        ("unknown coding", "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
        (
            "chunked not last",
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
        ),
        (
            "chunked twice",
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        ),
        (
            "identity, chunked",
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity, chunked\r\n\r\n0\r\n\r\n",
        ),
        ("another host in the line", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("bare carriage return", "GET / HTTP/1.1\r\nHost: a\rX: y\r\n\r\n"),
        ("bare line feeds", "GET / HTTP/1.1\nHost: a\n\n"),
        ("one bare line feed", "GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n"),
        (
            "length beside chunks",
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        ),
        ("no request", "\0\0\0\0\r\n\r\n"),
    ] {
        let answer = server.ask(text).await;
        assert_eq!(status(&answer), "400", "{name}: {answer}");
    }
    // Nothing that follows an unclear request is read as another one.
    let both =
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    let answer = server.ask(format!("{both}{GET}")).await;
    assert_eq!((status(&answer), answer.matches("HTTP/1.1").count()), ("400", 1), "{answer}");
    assert_eq!(status(&server.ask("GET / HTTP/1.0\r\n\r\n").await), "200");
}

#[tokio::test]
async fn a_client_may_close_its_half_and_still_read() {
    let server = serve(short());
    let mut stream = server.connect().await;
    stream.write_all(b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    stream.shutdown().await.unwrap();
    assert!(rest_of(&mut stream).await.ends_with("slow"));
}

#[tokio::test]
async fn pipelined_requests_are_answered_in_order() {
    let server = serve(short());
    let text = format!(
        "{GET}GET /slow HTTP/1.1\r\nHost: a\r\n\r\nPOST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc{GET_CLOSE}"
    );
    let answer = server.ask(text).await;
    let bodies: Vec<_> =
        answer.split("HTTP/1.1 200 OK").skip(1).map(|part| part.rsplit("\r\n").next().unwrap()).collect();
    assert_eq!(bodies, ["hello", "slow", "abc", "hello"]);
}

#[tokio::test]
async fn bodies_must_keep_their_rate() {
    let server = serve(short());
    let start = Instant::now();
    let answer = server.ask("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc").await;
    assert_eq!(status(&answer), "408", "{answer}");
    assert!(answer.contains("\"code\":\"MS103\""));
    assert!(start.elapsed().as_millis() < 5_000);

    // 5,000 bytes a second are above the rate of 500, however long it takes.
    let mut stream = server.connect().await;
    stream
        .write_all(b"POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 4000\r\n\r\n")
        .await
        .unwrap();
    for _ in 0..8 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        stream.write_all(&[b'x'; 500]).await.unwrap();
    }
    assert_eq!(status(&rest_of(&mut stream).await), "200");
}

#[tokio::test]
async fn one_address_has_its_share_of_connections() {
    let server = serve(Limits { connections_per_address_max: 3, ..short() });
    let mut kept = Vec::new();
    for _ in 0..3 {
        let mut stream = server.connect().await;
        stream.write_all(GET.as_bytes()).await.unwrap();
        let mut answer = [0; 4096];
        assert!(stream.read(&mut answer).await.unwrap() > 0);
        kept.push(stream);
    }
    assert_eq!(server.ask(GET_CLOSE).await, "");
    drop(kept.pop());
    // The place is free once the server has seen the close.
    let mut answer = String::new();
    for _ in 0..50 {
        answer = server.ask(GET_CLOSE).await;
        if !answer.is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(status(&answer), "200");
}

#[tokio::test]
async fn a_stop_waits_for_answers_and_not_for_idle_clients() {
    let server = serve(Limits { head_timeout_ms: 60_000, idle_timeout_ms: 60_000, ..short() });
    let _fresh = server.connect().await;
    let mut idle = server.connect().await;
    idle.write_all(GET.as_bytes()).await.unwrap();
    assert!(idle.read(&mut [0; 4096]).await.unwrap() > 0);
    let mut busy = server.connect().await;
    busy.write_all(b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;

    let start = Instant::now();
    server.stop.request();
    let answer = rest_of(&mut busy).await;
    assert!(answer.ends_with("slow") && answer.contains("connection: close"), "{answer}");
    assert_eq!(rest_of(&mut idle).await, "");
    server.task.await.unwrap();
    let took = start.elapsed().as_millis();
    assert!(took < 2_500, "{took}");
    assert!(TcpStream::connect(server.address).await.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn a_stop_cuts_off_what_does_not_end() {
    let server = serve(Limits { shutdown_grace_ms: 800, ..short() });
    let mut busy = server.connect().await;
    busy.write_all(b"GET /never HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    let start = Instant::now();
    server.stop.request();
    server.task.await.unwrap();
    let took = start.elapsed().as_millis();
    assert!((700..3_000).contains(&took), "{took}");
    assert_eq!(rest_of(&mut busy).await, "");
}
