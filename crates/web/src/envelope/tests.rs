//! What every answer has, whatever the handler did.

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use http::StatusCode;

use super::*;
use crate::clock::ManualClock;
use crate::random;

fn envelope(settings: EnvelopeSettings, limits: &Limits) -> Envelope {
    let clock: Arc<ManualClock> = ManualClock::at(1_800_000_000);
    Envelope::new(settings, limits, clock, &random::system()).unwrap()
}

fn routes() -> Router {
    Router::new()
        .route("/ok", get(|| async { "ok" }).options(|| async { "options" }))
        .route("/panic", get(|| async { panic!("the secret is 42") as &'static str }))
        .route("/internal", get(|| async { Failure::internal("the secret is 42") }))
        .route(
            "/refused",
            get(|| async { Failure::new(Code::QuerySyntax, "unknown operator").hint("try eq.1") }),
        )
        .route("/never", get(std::future::pending::<&'static str>))
        .route("/who", get(|arrival: axum::Extension<Arrival>| async move { arrival.client.rate_key() }))
}

async fn ask(envelope: &Envelope, method: &str, path: &str, headers: &[(&str, &str)]) -> Response {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let peer = "10.0.0.1:4711".parse().unwrap();
    envelope.answer(routes(), request.body(Body::empty()).unwrap(), peer).await
}

async fn text(response: Response) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), 10_000).await.unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

#[tokio::test(flavor = "current_thread")]
async fn every_answer_has_an_id_and_careful_headers() {
    let envelope = envelope(EnvelopeSettings::default(), &Limits::default());
    let first = ask(&envelope, "GET", "/ok", &[]).await;
    let second = ask(&envelope, "GET", "/nowhere", &[]).await;
    assert_eq!((first.status(), second.status()), (StatusCode::OK, StatusCode::NOT_FOUND));
    assert_eq!(header(&first, "x-request-id").len(), 32);
    assert_ne!(header(&first, "x-request-id"), header(&second, "x-request-id"));
    assert_eq!(header(&second, "x-content-type-options"), "nosniff");
    assert_eq!(header(&first, "strict-transport-security"), "");
    assert_eq!(header(&first, "access-control-allow-origin"), "");

    let own = ask(&envelope, "GET", "/ok", &[("x-request-id", "trace-7.a_B")]).await;
    assert_eq!(header(&own, "x-request-id"), "trace-7.a_B");
    for odd in ["a b", "a\"b", &"x".repeat(65), ""] {
        let response = ask(&envelope, "GET", "/ok", &[("x-request-id", odd)]).await;
        assert_eq!(header(&response, "x-request-id").len(), 32, "{odd}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_panic_is_one_callers_500() {
    let envelope = envelope(EnvelopeSettings::default(), &Limits::default());
    for path in ["/panic", "/internal"] {
        let response = ask(&envelope, "GET", path, &[]).await;
        assert_eq!(response.status(), 500);
        assert!(response.extensions().get::<Report>().is_none(), "the cause stays here");
        let body = text(response).await;
        assert_eq!(body, r#"{"code":"PGRSTX00","details":null,"hint":null,"message":"internal error"}"#);
    }
    assert_eq!(text(ask(&envelope, "GET", "/ok", &[]).await).await, "ok");
}

#[tokio::test(flavor = "current_thread", start_paused = true)]
async fn no_request_takes_for_ever() {
    let envelope = envelope(EnvelopeSettings::default(), &Limits::default());
    let response = ask(&envelope, "GET", "/never", &[]).await;
    assert_eq!((response.status().as_u16(), header(&response, "connection")), (408, "close"));
}

#[tokio::test(flavor = "current_thread")]
async fn methods_that_reflect_or_tunnel_are_refused() {
    let envelope = envelope(EnvelopeSettings::default(), &Limits::default());
    assert_eq!(ask(&envelope, "TRACE", "/ok", &[]).await.status(), 405);
    assert_eq!(ask(&envelope, "CONNECT", "/ok", &[]).await.status(), 405);
    assert_eq!(ask(&envelope, "BREW", "/ok", &[]).await.status(), 405);
}

#[tokio::test(flavor = "current_thread")]
async fn only_trusted_proxies_are_believed() {
    let forwarded = [("x-forwarded-for", "192.0.2.9")];
    let strict = envelope(EnvelopeSettings::default(), &Limits::default());
    assert_eq!(text(ask(&strict, "GET", "/who", &forwarded).await).await, "10.0.0.1");
    let proxies = TrustedProxies::new(vec!["10.0.0.1".parse().unwrap()]);
    let trusting = envelope(EnvelopeSettings { proxies, ..Default::default() }, &Limits::default());
    assert_eq!(text(ask(&trusting, "GET", "/who", &forwarded).await).await, "192.0.2.9");
}

#[tokio::test(flavor = "current_thread")]
async fn preflights_are_answered_for_every_path() {
    let envelope = envelope(EnvelopeSettings::default(), &Limits::default());
    let asked = [
        ("origin", "https://app.example"),
        ("access-control-request-method", "PATCH"),
        ("access-control-request-headers", "apikey,prefer"),
    ];
    let response = ask(&envelope, "OPTIONS", "/ok", &asked).await;
    assert_eq!(response.status(), 200);
    assert_eq!(header(&response, "access-control-allow-origin"), "*");
    assert_eq!(header(&response, "access-control-allow-credentials"), "");
    assert_eq!(header(&response, "access-control-max-age"), "86400");
    assert_eq!(
        header(&response, "access-control-allow-headers"),
        "Authorization, apikey,prefer, Accept, Accept-Language, Content-Language"
    );
    assert_eq!(
        header(&response, "access-control-allow-methods"),
        "GET, POST, PATCH, PUT, DELETE, OPTIONS, HEAD"
    );
    // Without Origin it is an ordinary question for the route.
    assert_eq!(text(ask(&envelope, "OPTIONS", "/ok", &[]).await).await, "options");
    let plain = ask(&envelope, "GET", "/ok", &[("origin", "https://app.example")]).await;
    assert!(header(&plain, "access-control-expose-headers").contains("Content-Range"));
}

#[tokio::test(flavor = "current_thread")]
async fn a_list_of_origins_is_exact() {
    let origins = AllowedOrigins::parse(&["https://app.example".to_owned()]).unwrap();
    let envelope = envelope(EnvelopeSettings { origins, ..Default::default() }, &Limits::default());
    let listed = ask(&envelope, "GET", "/ok", &[("origin", "https://app.example")]).await;
    assert_eq!(header(&listed, "access-control-allow-origin"), "https://app.example");
    assert_eq!(header(&listed, "access-control-allow-credentials"), "true");
    assert_eq!(header(&listed, "vary"), "Origin");
    for origin in [
        "null",
        "https://app.example.evil",
        "https://evil.app.example",
        "http://app.example",
        "https://app.example:444",
        "https://APP.example",
        "https://app.exampl",
    ] {
        let other = ask(&envelope, "GET", "/ok", &[("origin", origin)]).await;
        assert_eq!(header(&other, "access-control-allow-origin"), "", "{origin}");
        assert_eq!(header(&other, "access-control-allow-credentials"), "", "{origin}");
    }
}

/// What is logged while a path is asked for.
async fn logged(access_log: AccessLog, path: &str) -> String {
    #[derive(Clone, Default)]
    struct Lines(Arc<std::sync::Mutex<Vec<u8>>>);
    impl std::io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let envelope = envelope(EnvelopeSettings { access_log, ..Default::default() }, &Limits::default());
    ask(&envelope, "GET", path, &[("authorization", "Bearer canary"), ("apikey", "canary")]).await;
    String::from_utf8(lines.0.lock().unwrap().clone()).unwrap()
}

#[tokio::test(flavor = "current_thread")]
async fn the_log_tells_what_is_asked_of_it_and_no_secret() {
    assert_eq!(logged(AccessLog::Failures, "/ok?apikey=canary").await, "");
    assert_eq!(logged(AccessLog::Failures, "/refused?apikey=canary").await, "");
    for level in [AccessLog::Failures, AccessLog::All, AccessLog::Explained] {
        let broken = logged(level, "/internal?apikey=canary").await;
        assert!(
            broken.contains("ERROR") && broken.contains("the secret is 42") && broken.contains("PGRSTX00")
        );
        assert!(!broken.contains("canary"), "{broken}");
    }
    let all = logged(AccessLog::All, "/refused?apikey=canary").await;
    assert!(
        all.contains("path=\"/refused\"") && all.contains("status=400") && all.contains("PGRST100"),
        "{all}"
    );
    assert!(!all.contains("eq.1") && !all.contains("canary"), "{all}");
    let explained = logged(AccessLog::Explained, "/refused").await;
    assert!(
        explained.contains("reason=\"unknown operator\"") && explained.contains("hint=\"try eq.1\""),
        "{explained}"
    );
}

#[test]
fn origins_are_origins() {
    let parse = |text: &str| AllowedOrigins::parse(&[text.to_owned()]);
    assert_eq!(parse("*"), Ok(AllowedOrigins::Any));
    assert!(parse("http://localhost:3000").is_ok() && parse("http://[::1]:3000").is_ok());
    for text in
        ["null", "app.example", "https://app.example/", "https://*.example", "https://", "HTTPS://A.example"]
    {
        assert!(parse(text).is_err(), "{text}");
    }
    assert!(AllowedOrigins::parse(&["*".to_owned(), "https://a.example".to_owned()]).is_err());
}

#[tokio::test(flavor = "current_thread")]
async fn browsers_remember_https_where_it_is_configured() {
    let settings = EnvelopeSettings { is_https: true, ..Default::default() };
    let response = ask(&envelope(settings, &Limits::default()), "GET", "/ok", &[]).await;
    assert_eq!(header(&response, "strict-transport-security"), "max-age=63072000");
}
