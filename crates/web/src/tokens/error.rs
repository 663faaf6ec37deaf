//! Why a token was refused, in the protocol's words.
//!
//! **Must not:** say which key was tried or what the token held: the bearer may not be its owner.

use crate::failure::{Code, Failure};

/// Why a token was refused, or could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// `Authorization: Bearer` and nothing after it.
    #[error("Empty JWT is sent in Authorization header")]
    Empty,
    /// A token has three parts between dots.
    #[error("Expected 3 parts in JWT; got {0}")]
    Parts(usize),
    /// The header or a part is not what the standard says.
    #[error("JWT is malformed: {0}")]
    Malformed(&'static str),
    /// The header names an algorithm that no key of ours is for, or `none`.
    #[error("Wrong or unsupported encoding algorithm")]
    Algorithm,
    /// `typ` says that this token is for something else.
    #[error("Unsupported token type")]
    Type,
    /// No key verifies the signature.
    #[error("No suitable key or wrong key type")]
    Key,
    /// No key is configured at all.
    #[error("Server lacks JWT secret")]
    NoKeys,
    /// The payload is not a JSON object.
    #[error("Parsing claims failed")]
    ClaimsSyntax,
    /// A time claim is not a whole number of seconds within the calendar.
    #[error("The JWT '{0}' claim must be a number")]
    NotNumber(&'static str),
    /// A claim that must be text is not.
    #[error("The JWT '{0}' claim must be a string")]
    NotText(&'static str),
    /// The audience is neither.
    #[error("The JWT 'aud' claim must be a string or an array of strings")]
    NotAudience,
    /// Over.
    #[error("JWT expired")]
    Expired,
    /// Not begun.
    #[error("JWT not yet valid")]
    Early,
    /// Made tomorrow.
    #[error("JWT issued at future")]
    IssuedInFuture,
    /// For somebody else.
    #[error("JWT not in audience")]
    Audience,
    /// By somebody else.
    #[error("JWT not from an accepted issuer")]
    Issuer,
    /// The role is not one that tokens may name.
    #[error("role \"{0}\" does not exist")]
    Role(String),
    /// Signing failed: no randomness.
    #[error("the token could not be signed")]
    Signing,
}

impl TokenError {
    /// The code of the table that the client is told.
    pub fn code(&self) -> Code {
        match self {
            Self::Empty | Self::Parts(_) | Self::Malformed(_) | Self::Algorithm | Self::Type | Self::Key => {
                Code::TokenUndecodable
            }
            Self::NoKeys => Code::SecretMissing,
            Self::ClaimsSyntax
            | Self::NotNumber(_)
            | Self::NotText(_)
            | Self::NotAudience
            | Self::Expired
            | Self::Early
            | Self::IssuedInFuture
            | Self::Audience
            | Self::Issuer
            | Self::Role(_) => Code::TokenClaims,
            Self::Signing => Code::Internal,
        }
    }

    fn detail(&self) -> Option<&'static str> {
        match self {
            Self::Key => Some("None of the keys was able to decode the JWT"),
            Self::Algorithm => Some("JWT is not signed with an algorithm of the configured keys"),
            _ => None,
        }
    }
}

impl From<TokenError> for Failure {
    fn from(error: TokenError) -> Self {
        if matches!(error, TokenError::Signing) {
            return Self::internal(error);
        }
        if let TokenError::Role(_) = error {
            // PostgreSQL's own answer to `SET ROLE` with an unknown name.
            let fault = crate::failure::DatabaseFault::new("22023", error.to_string());
            return Self::database(fault, false).invalid_token();
        }
        let failure = Self::new(error.code(), error.to_string());
        let failure = match error.detail() {
            Some(detail) => failure.detail(detail),
            None => failure,
        };
        if error.code() == Code::SecretMissing { failure } else { failure.invalid_token() }
    }
}
