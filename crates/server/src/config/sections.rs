//! Every setting: its name, type, default and meaning, once.
//!
//! The structs, the list of known keys and the documentation's page are all made from these lines.
//! **Must not:** hold limits. Those are in `web::limits`, and their section is made from its table.

use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

use web::{AccessLog, AllowedOrigins, TrustedProxies};

use super::gather::Gathered;
use super::kinds::{Hidden, JwtSecret, LogFormat, LogLevel, Policy, SiteUrl};
use super::setting::{Setting, Within};

/// A key that can be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) section: &'static str,
    pub(crate) name: &'static str,
    /// What a value must be.
    pub(crate) expected: String,
    pub(crate) default: String,
    pub(crate) meaning: String,
}

macro_rules! section {
    ($(#[doc = $about:literal])+ $section:ident = $name:literal {
        $($(#[doc = $doc:literal])+ $key:ident: $kind:ty = $default:expr;)+
    }) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone)]
        pub(crate) struct $section {
            $($(#[doc = $doc])+ pub(crate) $key: $kind,)+
        }

        impl Default for $section {
            fn default() -> Self {
                Self { $($key: $default,)+ }
            }
        }

        impl $section {
            pub(super) fn keys() -> Vec<Key> {
                let defaults = Self::default();
                vec![$(Key {
                    section: $name,
                    name: stringify!($key),
                    expected: <$kind as Setting>::expected(),
                    default: defaults.$key.show(),
                    meaning: [$($doc.trim()),+].join(" "),
                },)+]
            }

            pub(super) fn read(gathered: &mut Gathered) -> Self {
                let mut section = Self::default();
                $(gathered.take($name, stringify!($key), &mut section.$key);)+
                section
            }
        }
    };
}

section! {
    /// Where and as what the server is reached.
    ServerConfig = "server" {
        /// The address to listen on. `0.0.0.0` or `::` is everybody's, and wanted in containers.
        host: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
        /// The port to listen on. 0 lets the system choose.
        port: u16 = 8000;
        /// The address under which clients reach the server. Links, tokens and the issuer are made from it, never
        /// from what a request says. Without it, `http://localhost` and the port.
        public_url: Option<SiteUrl> = None;
        /// Proxies whose `X-Forwarded-For` is believed.
        trusted_proxies: TrustedProxies = TrustedProxies::default();
    }
}

section! {
    /// Where the data is.
    DatabaseConfig = "database" {
        /// A database to connect to. Without it, the embedded one at `path`.
        url: Option<Hidden> = None;
        /// The file of the embedded database, relative to the project.
        path: PathBuf = PathBuf::from(".mainstay/data.db");
    }
}

section! {
    /// What the data interfaces offer.
    ApiConfig = "api" {
        /// The exposed schemas; the first is the default.
        schemas: Vec<String> = vec!["public".to_owned()];
    }
}

section! {
    /// Accounts, sessions and tokens.
    AuthConfig = "auth" {
        /// The application's own address, to which links lead back. Without it, the server's public address.
        site_url: Option<SiteUrl> = None;
        /// Whether anybody may sign up.
        signup: bool = true;
        /// Whether a new account counts as confirmed without a mail. True until mail can be sent: mails are only
        /// written to a file as yet, so nobody could confirm.
        autoconfirm: bool = true;
        /// The secret that signs and verifies tokens (HS256, at least 32 bytes), or a JWK set with the public keys
        /// of another issuer. Without a secret, keys of our own sign (ES256).
        jwt_secret: Option<JwtSecret> = None;
        /// Life of an access token.
        jwt_expiry_seconds: Within<60, 86_400> = Within(3_600);
        /// The audiences that a user's token must be for, if any are named.
        jwt_audiences: Vec<String> = Vec::new();
        /// The issuers that a user's token must be by, if any are named.
        jwt_issuers: Vec<String> = Vec::new();
        /// The claim that names the role; dots lead into objects.
        jwt_role_claim: String = "role".to_owned();
        /// How long after its use a refresh token still answers with its successor.
        refresh_reuse_seconds: Within<0, 60> = Within(10);
    }
}

section! {
    /// Whose pages may read answers from a browser.
    CorsConfig = "cors" {
        /// `["*"]` for all, without credentials; or exactly these origins, with them.
        allowed_origins: AllowedOrigins = AllowedOrigins::Any;
    }
}

section! {
    /// The application's own files.
    StaticConfig = "static" {
        /// The folder with the files, relative to the project. Nothing is served if it does not exist.
        folder: PathBuf = PathBuf::from("public");
        /// Whether a browser that goes to an unknown path gets the index page, for applications that route themselves.
        fallback: bool = true;
        /// What pages may load and run. Without it, scripts of their own origin and none inline.
        content_security_policy: Option<Policy> = None;
    }
}

section! {
    /// What is logged, and how.
    LogConfig = "log" {
        /// How much is logged, of all or by part.
        level: LogLevel = LogLevel("info".to_owned());
        /// How a line looks. Without it, `human` on a terminal and `json` elsewhere.
        format: Option<LogFormat> = None;
        /// Whether lines are coloured. Without it, on a terminal unless `NO_COLOR` is set.
        color: Option<bool> = None;
        /// Which requests have a line: `failures` of ours, `all`, or all `explained`, with the words of each refusal.
        /// Without it, `explained` in development and `failures` in production.
        requests: Option<AccessLog> = None;
    }
}
