//! A name for each request, in its answer and in the log, so that a report can be found.
//!
//! **Must not:** let a client's text into the log unless it is a short word of harmless characters.

use std::sync::atomic::{AtomicU64, Ordering};

use http::{HeaderMap, HeaderName, HeaderValue};
use ring::rand::SecureRandom;

use crate::random::{self, RandomError};

pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

const CHARS_MAX: usize = 64;

/// An odd number, so that counting by it visits every value before any comes twice.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// Makes request ids: a random half for the process, and a half that never repeats within it.
#[derive(Debug)]
pub(crate) struct RequestIds {
    process: u64,
    next: AtomicU64,
}

impl RequestIds {
    pub(crate) fn new(random: &dyn SecureRandom) -> Result<Self, RandomError> {
        let process = u64::from_be_bytes(random::bytes(random)?);
        let next = AtomicU64::new(u64::from_be_bytes(random::bytes(random)?));
        Ok(Self { process, next })
    }

    /// The client's own id if it is harmless, a new one otherwise.
    pub(crate) fn of(&self, headers: &HeaderMap) -> HeaderValue {
        match headers.get(REQUEST_ID).filter(|value| is_harmless(value.as_bytes())) {
            Some(value) => value.clone(),
            None => self.make(),
        }
    }

    fn make(&self) -> HeaderValue {
        let own = self.next.fetch_add(STEP, Ordering::Relaxed);
        HeaderValue::from_str(&format!("{:016x}{own:016x}", self.process))
            .expect("hexadecimal digits are a header value")
    }
}

fn is_harmless(text: &[u8]) -> bool {
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    (1..=CHARS_MAX).contains(&text.len()) && text.iter().all(is_word)
}
