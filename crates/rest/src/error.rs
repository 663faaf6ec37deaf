//! Why a request was turned back before anyone looked at the data: every variant with the code, status and
//! words of rest.md §10.1.
//! **Must not:** speak of what the plan or the database found.

use algebra::value::ValueError;
use http::HeaderValue;
use http::header::CONTENT_RANGE;
use thiserror::Error;
use web::{Code, DatabaseFault, Failure};

use crate::query::Excess;

/// A request that cannot be understood or is not allowed to be asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RequestError {
    /// A part of the query string is not in the grammar.
    #[error(transparent)]
    Syntax(#[from] SyntaxError),
    /// A part of the query string passes a limit.
    #[error(transparent)]
    Excess(#[from] Excess),
    /// A text has a NUL, which no database keeps.
    #[error("invalid byte sequence for encoding \"UTF8\": 0x00")]
    Nul,
    /// The path has more segments than there are resources, or one that is not text.
    #[error("Invalid path specified in request URL")]
    Path,
    /// The description at the root is not served.
    #[error("The OpenAPI root is disabled")]
    Root,
    /// The method means nothing here.
    #[error("Unsupported HTTP method: {0}")]
    Method(String),
    /// A function is called with a method that calls nothing.
    #[error("Cannot use the {0} method on RPC")]
    FunctionMethod(String),
    /// No function has this name and these parameters.
    #[error("Could not find the function {schema}.{function}{} in the schema cache", parameters(.names))]
    Function {
        /// The schema.
        schema: String,
        /// The function.
        function: String,
        /// The parameters given.
        names: Vec<String>,
    },
    /// The profile header names a schema that is not exposed.
    #[error("Invalid schema: {asked}")]
    Schema {
        /// The schema.
        asked: String,
        /// Those that are exposed.
        exposed: Vec<String>,
    },
    /// No row can be within the bounds.
    #[error("Requested range not satisfiable")]
    Range(&'static str),
    /// The offset is beyond the last row.
    #[error("Requested range not satisfiable")]
    Offset {
        /// The offset.
        offset: u64,
        /// The rows there are.
        total: u64,
    },
    /// A body that rows cannot be made of.
    #[error("{0}")]
    Body(&'static str),
    /// A body of a type that rows cannot be made of.
    #[error("Content-Type not acceptable: {0}")]
    ContentType(String),
    /// JSON that passes a limit.
    #[error("{0}")]
    JsonLimit(String),
    /// A text of the body that is no text.
    #[error(transparent)]
    Value(#[from] ValueError),
    /// The client accepts nothing that we have.
    #[error("None of these media types are available: {}", .0.join(", "))]
    MediaType(Vec<String>),
    /// Strict handling, and preferences that nobody knows.
    #[error("Invalid preferences given with handling=strict")]
    InvalidPreferences(Vec<String>),
    /// PUT whose filters are not the primary key.
    #[error("Filters must include all and only primary key columns with 'eq' operators")]
    PutFilters,
    /// PUT with limit or offset.
    #[error("limit/offset querystring parameters are not allowed for PUT")]
    PutLimit,
    /// PUT whose body is another row than the URL's.
    #[error("Payload values do not match URL in primary key column(s)")]
    PutKey,
    /// A filter, order or limit for a level that is not embedded.
    #[error("'{0}' is not an embedded resource in this request")]
    NotEmbedded(String),
    /// A regular expression of someone who showed no credential (LIM-10).
    #[error("`match` and `imatch` need a signed-in caller")]
    AnonymousRegex,
    /// An item route of a relation whose rows have no address, or with another number of key columns.
    #[error("{0}")]
    NoItem(String),
}

/// A text that is not in the grammar.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("\"failed to parse {what} ({text})\" (line {line}, column {column})")]
pub struct SyntaxError {
    /// What it should have been.
    pub what: &'static str,
    /// The text, decoded.
    pub text: String,
    /// The line of the mistake, from 1.
    pub line: usize,
    /// Its column, in characters, from 1.
    pub column: usize,
    /// What was found there and what would have done.
    pub complaint: String,
}

fn parameters(names: &[String]) -> String {
    if names.is_empty() { " without parameters".to_owned() } else { format!("({})", names.join(", ")) }
}

impl RequestError {
    fn code(&self) -> Code {
        match self {
            Self::Syntax(_) | Self::Nul | Self::Value(_) => Code::QuerySyntax,
            Self::Excess(excess) => excess.code,
            Self::Path | Self::NoItem(_) => Code::PathInvalid,
            Self::Root => Code::RootDisabled,
            Self::Method(_) => Code::MethodNotSupported,
            Self::FunctionMethod(_) => Code::FunctionMethod,
            Self::Function { .. } => Code::FunctionNotFound,
            Self::Schema { .. } => Code::SchemaNotExposed,
            Self::Range(_) | Self::Offset { .. } => Code::RangeNotSatisfiable,
            Self::Body(_) | Self::ContentType(_) => Code::BodySyntax,
            Self::JsonLimit(_) => Code::JsonLimit,
            Self::MediaType(_) => Code::MediaTypeNotAvailable,
            Self::InvalidPreferences(_) => Code::PreferenceInvalid,
            Self::PutFilters => Code::PutFilters,
            Self::PutLimit => Code::PutLimit,
            Self::PutKey => Code::PutKeyMismatch,
            Self::NotEmbedded(_) => Code::NotEmbedded,
            Self::AnonymousRegex => Code::PatternLimit,
        }
    }

    fn details(&self) -> Option<String> {
        match self {
            Self::Syntax(error) => Some(error.complaint.clone()),
            Self::Range(reason) => Some((*reason).to_owned()),
            Self::Offset { offset, total } => {
                Some(format!("An offset of {offset} was requested, but there are only {total} rows."))
            }
            Self::InvalidPreferences(tokens) => Some(format!("Invalid preferences: {}", tokens.join(", "))),
            Self::Function { schema, function, names } => Some(format!(
                "Searched for the function {schema}.{function} {}, but no matches were found in the schema cache.",
                match names.as_slice() {
                    [] => "without parameters".to_owned(),
                    names => format!("with parameters {}", names.join(", ")),
                }
            )),
            _ => None,
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::AnonymousRegex => Some("sign in, or use `like` or `ilike`".to_owned()),
            Self::Schema { exposed, .. } => {
                Some(format!("Only the following schemas are exposed: {}", exposed.join(", ")))
            }
            Self::NotEmbedded(name) => {
                Some(format!("Verify that '{name}' is included in the 'select' query parameter."))
            }
            _ => None,
        }
    }
}

impl From<RequestError> for Failure {
    fn from(error: RequestError) -> Self {
        match &error {
            // Texts that no database takes are refused in the database's words.
            RequestError::Nul => return Self::database(DatabaseFault::new("22021", error.to_string()), true),
            RequestError::Value(value) => {
                let mut fault = DatabaseFault::new(value.sqlstate, value.message.clone());
                fault.detail.clone_from(&value.detail);
                fault.hint.clone_from(&value.hint);
                return Self::database(fault, true);
            }
            _ => {}
        }
        let mut failure = Self::new(error.code(), error.to_string());
        if let Some(details) = error.details() {
            failure = failure.detail(details);
        }
        if let Some(hint) = error.hint() {
            failure = failure.hint(hint);
        }
        match &error {
            RequestError::Offset { total, .. } => match HeaderValue::from_str(&format!("*/{total}")) {
                Ok(range) => failure.header(CONTENT_RANGE, range),
                Err(_) => failure,
            },
            _ => failure,
        }
    }
}
