//! A token's text, taken apart: three parts, a header that may only choose among our keys, bytes to verify.
//!
//! **Must not:** follow anything the header says (`jku`, `x5u`, `jwk`, `x5c`), nor read the payload: nobody has
//! verified it yet.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::error::TokenError;
use super::key::Algorithm;

/// Longer than any header with a key id; checked before decoding.
const HEADER_CHARS_MAX: usize = 2_048;
const KID_BYTES_MAX: usize = 256;

/// A token, decoded and not yet believed.
#[derive(Debug)]
pub(crate) struct Unverified<'a> {
    pub(crate) algorithm: Algorithm,
    pub(crate) kid: Option<String>,
    /// What the signature covers.
    pub(crate) message: &'a [u8],
    pub(crate) payload: Vec<u8>,
    pub(crate) signature: Vec<u8>,
}

/// The header members that matter. A member that comes twice is an error of serde's.
#[derive(Deserialize)]
struct Header {
    alg: String,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default)]
    typ: Option<String>,
    crit: Option<IgnoredAny>,
    jku: Option<IgnoredAny>,
    jwk: Option<IgnoredAny>,
    x5u: Option<IgnoredAny>,
    x5c: Option<IgnoredAny>,
}

impl<'a> Unverified<'a> {
    pub(crate) fn decode(token: &'a str) -> Result<Self, TokenError> {
        if token.is_empty() {
            return Err(TokenError::Empty);
        }
        let parts = token.split('.').count();
        let (header, payload, signature) = match split(token) {
            Some(three) if parts == 3 => three,
            _ => return Err(TokenError::Parts(parts)),
        };
        if header.len() > HEADER_CHARS_MAX {
            return Err(TokenError::Malformed("its header is too long"));
        }
        let (algorithm, kid) = read_header(&decode_part(header)?)?;
        let message = &token.as_bytes()[..header.len() + 1 + payload.len()];
        Ok(Self {
            algorithm,
            kid,
            message,
            payload: decode_part(payload)?,
            signature: decode_part(signature)?,
        })
    }
}

fn split(token: &str) -> Option<(&str, &str, &str)> {
    let (header, rest) = token.split_once('.')?;
    let (payload, signature) = rest.split_once('.')?;
    Some((header, payload, signature))
}

fn decode_part(text: &str) -> Result<Vec<u8>, TokenError> {
    URL_SAFE_NO_PAD.decode(text).map_err(|_| TokenError::Malformed("a part is not base64url"))
}

fn read_header(json: &[u8]) -> Result<(Algorithm, Option<String>), TokenError> {
    let header: Header =
        serde_json::from_slice(json).map_err(|_| TokenError::Malformed("its header is not a JWS header"))?;
    let algorithm = Algorithm::parse(&header.alg).ok_or(TokenError::Algorithm)?;
    let brings_key =
        header.jku.is_some() || header.jwk.is_some() || header.x5u.is_some() || header.x5c.is_some();
    if brings_key {
        return Err(TokenError::Malformed("a token cannot bring its own key"));
    }
    if header.crit.is_some() {
        return Err(TokenError::Malformed("its header demands an extension"));
    }
    if let Some(kind) = &header.typ
        && !kind.eq_ignore_ascii_case("JWT")
        && !kind.eq_ignore_ascii_case("at+jwt")
    {
        return Err(TokenError::Type);
    }
    if header.kid.as_ref().is_some_and(|kid| kid.len() > KID_BYTES_MAX) {
        return Err(TokenError::Malformed("its key id is too long"));
    }
    Ok((algorithm, header.kid))
}
