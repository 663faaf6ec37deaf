//! What a request head must be before any route sees it: within its size, and clear about its host.
//!
//! **Must not:** read a body or judge a path.

use http::header::{CONNECTION, HOST, HeaderValue, TRANSFER_ENCODING};
use http::{Request, Version};
use web::{Code, Failure, Limits};

/// hyper stops reading here, so that a head a little over the limit still gets an answer that says so.
pub(super) fn bytes_read_max(limits: &Limits) -> usize {
    limits.head_bytes_max.saturating_mul(4)
}

/// Refuses a head that is too large, or unclear about its host or about where its body ends.
pub(super) fn check<B>(request: &Request<B>, limits: &Limits) -> Result<(), Failure> {
    let line = line_bytes(request);
    let headers: usize =
        request.headers().iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    if line + headers + 2 > limits.head_bytes_max {
        return Err(too_large(line, limits.head_bytes_max));
    }
    if request.headers().len() > limits.header_count_max {
        let message = format!("the request has more than {} headers", limits.header_count_max);
        return Err(closing(Failure::new(Code::HeadTooLarge, message)));
    }
    check_host(request)?;
    // hyper takes any list that ends in `chunked`. Proxies in front of us may read such lists otherwise, and then
    // disagree with us about where the next request begins.
    let mut codings = request.headers().get_all(TRANSFER_ENCODING).iter();
    match (codings.next(), codings.next()) {
        (None, _) => Ok(()),
        (Some(coding), None) if coding.as_bytes().eq_ignore_ascii_case(b"chunked") => Ok(()),
        _ => Err(invalid("the only `Transfer-Encoding` that is understood is `chunked`, once".to_owned())),
    }
}

fn check_host<B>(request: &Request<B>) -> Result<(), Failure> {
    let mut hosts = request.headers().get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (_, Some(_)) => Err(invalid("the request has several `Host` headers".to_owned())),
        (None, _) if request.version() == Version::HTTP_11 => {
            Err(invalid("the request has no `Host` header".to_owned()))
        }
        (Some(host), None) => match request.uri().authority() {
            Some(authority) if !authority.as_str().as_bytes().eq_ignore_ascii_case(host.as_bytes()) => {
                Err(invalid("the request line and the `Host` header name different hosts".to_owned()))
            }
            _ => Ok(()),
        },
        (None, None) => Ok(()),
    }
}

fn invalid(message: String) -> Failure {
    closing(Failure::new(Code::HeadInvalid, message))
}

fn line_bytes<B>(request: &Request<B>) -> usize {
    let uri = request.uri();
    let origin = uri.scheme_str().map_or(0, |scheme| scheme.len() + 3)
        + uri.authority().map_or(0, |host| host.as_str().len());
    let target = uri.path_and_query().map_or(0, |target| target.as_str().len());
    request.method().as_str().len() + origin + target + " HTTP/1.1\r\n".len() + 1
}

/// The longer part is to blame.
fn too_large(line: usize, bytes_max: usize) -> Failure {
    if line > bytes_max / 2 {
        let message = format!("the request line is too long: it and the headers may have {bytes_max} bytes");
        closing(Failure::new(Code::PathTooLong, message))
    } else {
        let message =
            format!("the headers are too large: they and the request line may have {bytes_max} bytes");
        closing(Failure::new(Code::HeadTooLarge, message))
    }
}

fn closing(failure: Failure) -> Failure {
    failure.header(CONNECTION, HeaderValue::from_static("close"))
}
