//! Types of settings with a meaning of their own: secrets, addresses, lists of hosts, the look of the log.
//!
//! **Must not:** print what is secret, nor accept what will fail later.

use std::fmt;

use http::HeaderValue;
use tracing_subscriber::EnvFilter;
use web::address::Block;
use web::{AllowedOrigins, Secret, TrustedProxies, VerifyKey};

use super::setting::{Setting, Written};

/// Text that must not be printed.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Hidden(pub(crate) String);

impl fmt::Debug for Hidden {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("…")
    }
}

impl Setting for Hidden {
    fn expected() -> String {
        "text".to_owned()
    }

    fn read(written: &Written) -> Result<Self, String> {
        String::read(written).map(Self)
    }

    fn show(&self) -> String {
        "…".to_owned()
    }
}

/// What verifies, and perhaps signs, tokens.
#[derive(Debug, Clone)]
pub(crate) enum JwtSecret {
    /// A shared secret, which signs too.
    Shared(Secret),
    /// Public keys of another issuer, as a JWK or JWK set that has been read once without error.
    Jwks(Hidden),
}

impl Setting for JwtSecret {
    fn expected() -> String {
        "text".to_owned()
    }

    fn read(written: &Written) -> Result<Self, String> {
        let text = String::read(written)?;
        if text.trim_start().starts_with('{') {
            return match VerifyKey::from_jwks(&text) {
                Ok(_) => Ok(Self::Jwks(Hidden(text))),
                Err(error) => Err(format!("a secret or a JWK set, but {error}")),
            };
        }
        Secret::from_text(&text).map(Self::Shared).map_err(|error| format!("a good secret: {error}"))
    }

    fn show(&self) -> String {
        "…".to_owned()
    }
}

/// The address of a site: scheme, host, perhaps a port and a path, without a slash at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SiteUrl(String);

impl SiteUrl {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

impl Setting for SiteUrl {
    fn expected() -> String {
        "a URL such as \"https://app.example.org\"".to_owned()
    }

    fn read(written: &Written) -> Result<Self, String> {
        let text = String::read(written).map_err(|_| Self::expected())?;
        let uri: http::Uri = text.parse().map_err(|_| Self::expected())?;
        let is_web = matches!(uri.scheme_str(), Some("http" | "https"));
        let is_plain = uri.query().is_none() && !text.contains(['#', '@', '\\']);
        if is_web && is_plain && uri.host().is_some_and(|host| !host.is_empty()) {
            Ok(Self(text.trim_end_matches('/').to_owned()))
        } else {
            Err(Self::expected())
        }
    }

    fn show(&self) -> String {
        format!("\"{}\"", self.0)
    }
}

impl Setting for TrustedProxies {
    fn expected() -> String {
        "a list of addresses or blocks, such as [\"10.0.0.0/8\"]".to_owned()
    }

    fn read(written: &Written) -> Result<Self, String> {
        let texts = Vec::<String>::read(written).map_err(|_| Self::expected())?;
        let blocks: Result<Vec<Block>, _> = texts.iter().map(|text| text.parse()).collect();
        blocks.map(Self::new).map_err(|_| Self::expected())
    }

    fn show(&self) -> String {
        "[]".to_owned()
    }
}

impl Setting for AllowedOrigins {
    fn expected() -> String {
        "[\"*\"] or a list of origins, such as [\"https://app.example.org\"]".to_owned()
    }

    fn read(written: &Written) -> Result<Self, String> {
        let texts = Vec::<String>::read(written).map_err(|_| Self::expected())?;
        Self::parse(&texts).map_err(|_| Self::expected())
    }

    fn show(&self) -> String {
        "[\"*\"]".to_owned()
    }
}

/// How log lines look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogFormat {
    Human,
    Json,
}

impl Setting for LogFormat {
    fn expected() -> String {
        "\"human\" or \"json\"".to_owned()
    }

    fn read(written: &Written) -> Result<Self, String> {
        match written {
            Written::Text(text) if text == "human" => Ok(Self::Human),
            Written::Text(text) if text == "json" => Ok(Self::Json),
            _ => Err(Self::expected()),
        }
    }

    fn show(&self) -> String {
        match self {
            Self::Human => "\"human\"".to_owned(),
            Self::Json => "\"json\"".to_owned(),
        }
    }
}

/// Which requests are logged.
impl Setting for web::AccessLog {
    fn expected() -> String {
        "\"explained\", \"all\" or \"failures\"".to_owned()
    }

    fn read(written: &Written) -> Result<Self, String> {
        match written {
            Written::Text(text) if text == "explained" => Ok(Self::Explained),
            Written::Text(text) if text == "all" => Ok(Self::All),
            Written::Text(text) if text == "failures" => Ok(Self::Failures),
            _ => Err(Self::expected()),
        }
    }

    fn show(&self) -> String {
        match self {
            Self::Explained => "\"explained\"".to_owned(),
            Self::All => "\"all\"".to_owned(),
            Self::Failures => "\"failures\"".to_owned(),
        }
    }
}

/// A content security policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Policy(pub(crate) HeaderValue);

impl Setting for Policy {
    fn expected() -> String {
        "a content security policy in one line".to_owned()
    }

    fn read(written: &Written) -> Result<Self, String> {
        let text = String::read(written).map_err(|_| Self::expected())?;
        HeaderValue::from_str(&text).map(Self).map_err(|_| Self::expected())
    }

    fn show(&self) -> String {
        format!("{:?}", self.0)
    }
}

/// Which parts log how much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LogLevel(pub(crate) String);

impl Setting for LogLevel {
    fn expected() -> String {
        "a level (error, warn, info, debug, trace), or levels by part such as \"info,web=debug\"".to_owned()
    }

    fn read(written: &Written) -> Result<Self, String> {
        let text = String::read(written).map_err(|_| Self::expected())?;
        match EnvFilter::builder().parse(&text) {
            Ok(_) if !text.is_empty() => Ok(Self(text)),
            _ => Err(Self::expected()),
        }
    }

    fn show(&self) -> String {
        format!("\"{}\"", self.0)
    }
}
