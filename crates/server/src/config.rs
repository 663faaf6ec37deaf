//! The configuration: typed sections with defaults, from `mainstay.toml`, the environment and the command line.
//!
//! All mistakes are found at once, each with its place and the nearest name that exists.
//! **Must not:** be known below `server`. What others need of it is given to them by value.

mod docs;
mod error;
mod gather;
mod kinds;
mod near;
mod sections;
mod setting;

use std::path::Path;

use web::Limits;
use web::limits;

pub(crate) use self::error::{ConfigError, ConfigErrors};
pub(crate) use self::kinds::{JwtSecret, LogFormat};
pub(crate) use self::sections::{
    ApiConfig, AuthConfig, CorsConfig, DatabaseConfig, LogConfig, ServerConfig, StaticConfig,
};

use self::gather::Gathered;
use self::sections::Key;
use self::setting::Within;

/// The file's name in a project.
pub(crate) const FILE: &str = "mainstay.toml";

/// Everything that can be configured.
#[derive(Debug, Clone, Default)]
pub(crate) struct Config {
    pub(crate) server: ServerConfig,
    pub(crate) database: DatabaseConfig,
    pub(crate) api: ApiConfig,
    pub(crate) auth: AuthConfig,
    pub(crate) cors: CorsConfig,
    pub(crate) files: StaticConfig,
    pub(crate) limits: Limits,
    pub(crate) log: LogConfig,
}

/// A setting from the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Flag {
    /// As the user writes it: `--port`.
    pub(crate) flag: &'static str,
    /// The key that it sets: `server.port`.
    pub(crate) key: &'static str,
    pub(crate) text: String,
}

impl Config {
    /// The configuration of a project: its file if it has one, the process's environment, these flags.
    pub(crate) fn of_project(project: &Path, flags: &[Flag]) -> Result<Self, ConfigErrors> {
        let file = project.join(FILE);
        let name = file.display().to_string();
        let text = match std::fs::read_to_string(&file) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => {
                let reason = error.to_string();
                return Err(ConfigErrors(vec![ConfigError::Unreadable { file: name, reason }]));
            }
        };
        // The one place that reads the environment.
        let variables = std::env::vars_os()
            .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        Self::read(text.as_deref().map(|text| (name.as_str(), text)), variables, flags)
    }

    /// The configuration from what was written: a file's name and text, variables, flags.
    pub(crate) fn read(
        file: Option<(&str, &str)>,
        variables: impl IntoIterator<Item = (String, String)>,
        flags: &[Flag],
    ) -> Result<Self, ConfigErrors> {
        let mut gathered = Gathered::new(keys());
        if let Some((name, text)) = file {
            gathered.add_file(name, text);
        }
        gathered.add_environment(variables);
        for flag in flags {
            gathered.add_flag(flag.flag, flag.key, &flag.text);
        }
        let config = Self {
            server: ServerConfig::read(&mut gathered),
            database: DatabaseConfig::read(&mut gathered),
            api: ApiConfig::read(&mut gathered),
            auth: AuthConfig::read(&mut gathered),
            cors: CorsConfig::read(&mut gathered),
            files: StaticConfig::read(&mut gathered),
            limits: read_limits(&mut gathered),
            log: LogConfig::read(&mut gathered),
        };
        if gathered.errors.is_empty() { Ok(config) } else { Err(ConfigErrors(gathered.errors)) }
    }

    /// The address under which clients reach the server, for links and tokens.
    pub(crate) fn public_url(&self) -> String {
        match &self.server.public_url {
            Some(url) => url.as_str().to_owned(),
            None => format!("http://localhost:{}", self.server.port),
        }
    }

    /// The documentation's page of settings.
    pub(crate) fn docs_page() -> String {
        docs::page(&keys())
    }
}

/// Every key, in the order of the documentation.
fn keys() -> Vec<Key> {
    let limits = limits::TABLE.iter().map(|entry| Key {
        section: "limits",
        name: entry.key,
        expected: format!("a whole number from {} to {}", entry.least, entry.most),
        default: entry.default.to_string(),
        meaning: format!("{}. Above: {} ({})", entry.meaning, entry.above, entry.id),
    });
    [ServerConfig::keys(), DatabaseConfig::keys(), ApiConfig::keys(), AuthConfig::keys(), CorsConfig::keys()]
        .into_iter()
        .flatten()
        .chain(StaticConfig::keys())
        .chain(LogConfig::keys())
        .chain(limits)
        .collect()
}

/// Limits are read by their table, each within its range.
fn read_limits(gathered: &mut Gathered) -> Limits {
    let mut given = serde_json::Map::new();
    for entry in limits::TABLE {
        let mut value = None::<Within<0, { i64::MAX as u64 }>>;
        gathered.take("limits", entry.key, &mut value);
        let Some(Within(value)) = value else { continue };
        match entry.check(value) {
            Ok(()) => {
                given.insert(entry.key.to_owned(), value.into());
            }
            Err(error) => gathered.errors.push(error.into()),
        }
    }
    serde_json::from_value(given.into()).expect("every key is in the table, and every range within its type")
}

#[cfg(test)]
mod tests;
