//! Bodies at the limit, over it, and with headers that lie.

use std::pin::Pin;
use std::task::{Context, Poll};

use super::*;

/// Pieces that arrive one by one, and then perhaps an error.
struct Pieces(Vec<Result<&'static str, SlowBody>>);

impl axum::body::HttpBody for Pieces {
    type Data = Bytes;
    type Error = SlowBody;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, SlowBody>>> {
        if self.0.is_empty() {
            return Poll::Ready(None);
        }
        Poll::Ready(Some(self.0.remove(0).map(|text| http_body::Frame::data(Bytes::from(text)))))
    }
}

async fn outcome(
    headers: &[(&'static str, &'static str)],
    pieces: Vec<Result<&'static str, SlowBody>>,
) -> String {
    let mut request = Request::new(Body::new(Pieces(pieces)));
    for (name, value) in headers {
        request.headers_mut().append(*name, HeaderValue::from_static(value));
    }
    match read(request, 8).await {
        Ok(bytes) => String::from_utf8(bytes.to_vec()).unwrap(),
        Err(failure) => format!("{} {}", failure.parts().status.as_u16(), failure.parts().code),
    }
}

#[tokio::test(flavor = "current_thread")]
async fn bodies_end_at_the_limit() {
    assert_eq!(outcome(&[], vec![]).await, "");
    assert_eq!(outcome(&[], vec![Ok("12345678")]).await, "12345678");
    assert_eq!(outcome(&[], vec![Ok("1234"), Ok(""), Ok("56"), Ok("78")]).await, "12345678");
    assert_eq!(outcome(&[], vec![Ok("123456789")]).await, "413 MS101");
    assert_eq!(outcome(&[], vec![Ok("1234"), Ok("56789")]).await, "413 MS101");
}

#[tokio::test(flavor = "current_thread")]
async fn announced_lengths_are_refused_unread_and_not_believed() {
    assert_eq!(outcome(&[("content-length", "9")], vec![Err(SlowBody)]).await, "413 MS101");
    assert_eq!(outcome(&[("content-length", "3")], vec![Ok("123456789")]).await, "413 MS101");
    assert_eq!(outcome(&[("content-length", "8")], vec![Ok("12345678")]).await, "12345678");
}

#[tokio::test(flavor = "current_thread")]
async fn content_codings_are_refused() {
    for coding in ["gzip", "br", "identity, gzip", "deflate"] {
        assert_eq!(outcome(&[("content-encoding", coding)], vec![Ok("{}")]).await, "415 MS102");
    }
    assert_eq!(outcome(&[("content-encoding", "Identity")], vec![Ok("{}")]).await, "{}");
}

#[tokio::test(flavor = "current_thread")]
async fn slow_bodies_are_told_from_broken_ones() {
    assert_eq!(outcome(&[], vec![Ok("1"), Err(SlowBody)]).await, "408 MS103");
    let broken = broken(axum::Error::new(std::io::Error::other("reset")));
    assert_eq!(broken.parts().status, 400);
}

#[test]
fn json_is_told_by_its_type() {
    let verdict = |text: &'static str| {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(text));
        expect_json(&headers).map_err(|failure| failure.parts().status.as_u16())
    };
    assert_eq!(expect_json(&HeaderMap::new()).map_err(|_| ()), Ok(()));
    for text in ["application/json", "Application/JSON; charset=utf-8", "application/vnd.pgrst.object+json"] {
        assert_eq!(verdict(text), Ok(()), "{text}");
    }
    for text in ["text/plain", "application/jsonp", "application/x-www-form-urlencoded", "", "+json"] {
        assert_eq!(verdict(text), Err(415), "{text}");
    }
}
