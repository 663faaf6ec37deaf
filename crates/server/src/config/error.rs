//! What is wrong with a configuration: where it stands, what it is, what to write instead.
//!
//! **Must not:** repeat a value. It may be a secret in the wrong place.

use std::fmt;

/// Where a value was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// In a file, at a line.
    File { name: String, line: usize },
    /// As a variable of the environment.
    Variable(String),
    /// On the command line.
    Flag(String),
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ConfigError {
    #[error("{file}: cannot be read: {reason}")]
    Unreadable { file: String, reason: String },
    #[error("{at}: not TOML: {reason}")]
    Syntax { at: Source, reason: String },
    #[error("{at}: unknown {what} `{name}`{}", suggestion(.near))]
    Unknown { at: Source, what: &'static str, name: String, near: Option<String> },
    #[error("{at}: `{key}` must be {expected}")]
    Value { at: Source, key: String, expected: String },
    #[error("{at}: `{key}` is given a second time; it stands as `{other}` already")]
    Twice { at: Source, key: String, other: String },
    #[error("{0}")]
    Limit(#[from] web::limits::LimitError),
}

/// Everything that is wrong, so that it can be put right in one go.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", lines(.0))]
pub(crate) struct ConfigErrors(pub(crate) Vec<ConfigError>);

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { name, line } => write!(formatter, "{name}:{line}"),
            Self::Variable(name) => write!(formatter, "environment variable {name}"),
            Self::Flag(name) => write!(formatter, "{name}"),
        }
    }
}

fn suggestion(near: &Option<String>) -> String {
    near.as_ref().map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}

fn lines(errors: &[ConfigError]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}
