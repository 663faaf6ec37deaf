//! The one table of codes: what each is called on the wire, which status it has, what it means.
//!
//! The page of codes in the documentation is rendered from [`TABLE`], so it cannot drift.
//! **Must not:** hold messages. Those are written where the mistake is seen.

use std::fmt::Write;

use http::StatusCode;

use super::sqlstate::status_of_sqlstate;

/// One line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// What the client reads.
    pub code: &'static str,
    /// The HTTP status that goes with it.
    pub status: u16,
    /// What it means, as one phrase.
    pub meaning: &'static str,
}

macro_rules! codes {
    ($($name:ident = $code:literal, $status:literal, $meaning:literal;)+) => {
        /// A code of our own, named by its meaning. `PGRST…` are those of PostgREST's protocol, which client
        /// libraries match on; `MS…` are for what that protocol has no code for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code {
            $(#[doc = concat!("`", $code, "`: ", $meaning, ".")] $name,)+
        }

        /// Every code, in the order of the documentation.
        pub const TABLE: &[Entry] = &[$(Entry { code: $code, status: $status, meaning: $meaning },)+];
    };
}

codes! {
    DatabaseUnreachable = "PGRST000", 503, "the database cannot be reached";
    DatabaseClient = "PGRST001", 503, "the connection to the database failed";
    CatalogNotLoaded = "PGRST002", 503, "the schema is not loaded yet";
    ConnectionTimeout = "PGRST003", 504, "no database connection became free in time";
    QuerySyntax = "PGRST100", 400, "the query string cannot be parsed";
    FunctionMethod = "PGRST101", 405, "functions answer GET, HEAD and POST only";
    BodySyntax = "PGRST102", 400, "the request body cannot be parsed";
    RangeNotSatisfiable = "PGRST103", 416, "the requested range lies outside the result";
    PutFilters = "PGRST105", 405, "PUT takes one equality filter for each column of the primary key";
    SchemaNotExposed = "PGRST106", 406, "the schema is not exposed";
    MediaTypeNotAvailable = "PGRST107", 406, "none of the accepted media types is available";
    NotEmbedded = "PGRST108", 400, "a filter, order or limit names a relation that is not embedded";
    ResponseHeadersMalformed = "PGRST111", 500, "the database set `response.headers` to something else than a list of headers";
    ResponseStatusMalformed = "PGRST112", 500, "the database set `response.status` to something else than a status";
    PutLimit = "PGRST114", 400, "PUT takes neither limit nor offset";
    PutKeyMismatch = "PGRST115", 400, "the key in the body of PUT differs from the key in the URL";
    NotSingular = "PGRST116", 406, "one row was asked for, and there were none or several";
    MethodNotSupported = "PGRST117", 405, "the method is not supported here";
    RelatedOrder = "PGRST118", 400, "ordering by a relation needs a to-one relationship";
    RaiseMalformed = "PGRST121", 500, "a function raised SQLSTATE `PGRST` with a malformed payload";
    PreferenceInvalid = "PGRST122", 400, "a preference is unknown and handling is strict";
    AggregatesDisabled = "PGRST123", 400, "aggregates are switched off";
    MaxAffected = "PGRST124", 400, "the write would change more rows than `max-affected` allows";
    PathInvalid = "PGRST125", 404, "the path leads nowhere";
    RootDisabled = "PGRST126", 404, "the description at the root is switched off";
    NotImplemented = "PGRST127", 400, "the request asks for something that is not implemented";
    MaxAffectedFunction = "PGRST128", 400, "`max-affected` needs a function that returns a set";
    RelationshipNotFound = "PGRST200", 400, "the two relations are not related";
    AmbiguousRelationship = "PGRST201", 300, "several relationships fit; one must be named";
    FunctionNotFound = "PGRST202", 404, "no function has this name and these arguments";
    AmbiguousFunction = "PGRST203", 300, "several functions fit the arguments";
    ColumnNotFound = "PGRST204", 400, "the body names a column that the table does not have";
    TableNotFound = "PGRST205", 404, "no table or view has this name";
    SecretMissing = "PGRST300", 500, "no key is configured to verify tokens with";
    TokenUndecodable = "PGRST301", 401, "the token cannot be decoded or its signature does not verify";
    AnonymousDisabled = "PGRST302", 401, "requests without a token are not accepted";
    TokenClaims = "PGRST303", 401, "the token's claims are expired, early, for someone else or of the wrong type";
    Internal = "PGRSTX00", 500, "an error of the server; its log has the cause";
    BodyTooLarge = "MS101", 413, "the body is larger than the limit (LIM-02)";
    CodingNotAccepted = "MS102", 415, "the body's content coding is not accepted; send it plain";
    TooSlow = "MS103", 408, "the request arrived, or was answered, too slowly (LIM-05)";
    PathTooLong = "MS104", 414, "the request line is longer than the limit (LIM-01)";
    HeadTooLarge = "MS105", 431, "the headers are larger or more than the limit (LIM-01)";
    JsonLimit = "MS106", 400, "the JSON is nested too deeply, has too many keys or too long a number (LIM-04)";
    QueryLimit = "MS107", 400, "the query has more conditions, embeds, columns or values than the limit (LIM-07, LIM-08)";
    PatternLimit = "MS108", 400, "the pattern is longer than the limit, or not allowed for this caller (LIM-10)";
    MediaTypeNotAccepted = "MS109", 415, "the body's media type is not accepted here";
    RowNotFound = "MS110", 404, "no row has this key, or the caller may not see it";
    HeadInvalid = "MS111", 400, "the request is unclear about its host or about where its body ends";
    TooManyRequests = "MS201", 429, "too many requests of this kind; wait as long as `Retry-After` says";
    Overloaded = "MS202", 503, "the server has too much to do; try again (LIM-09, LIM-13)";
    KeyUnknown = "MS301", 401, "the API key is not known";
    KeyInBrowser = "MS302", 401, "a secret key was sent by a browser, where anyone can read it";
}

impl Code {
    /// Its line of the table.
    pub fn entry(self) -> &'static Entry {
        &TABLE[self as usize]
    }

    /// What the client reads.
    pub fn text(self) -> &'static str {
        self.entry().code
    }

    /// The HTTP status that goes with it.
    pub fn status(self) -> StatusCode {
        StatusCode::from_u16(self.entry().status).expect("the table holds valid statuses, as its test checks")
    }
}

/// The documentation's page of codes, in Markdown.
pub fn docs_page() -> String {
    let mut page = String::from(
        "# Error codes\n\nEvery error has the body `{\"code\", \"details\", \"hint\", \"message\"}`. \
         A code that is not in this table is PostgreSQL's SQLSTATE.\n\n| code | status | meaning |\n|---|---|---|\n",
    );
    for entry in TABLE {
        writeln!(page, "| `{}` | {} | {} |", entry.code, entry.status, entry.meaning)
            .expect("writing to a string cannot fail");
    }
    page.push_str(
        "\n## SQLSTATEs\n\nWhat the database refuses has PostgreSQL's code, and this status. `42501` is 403 for a caller who has \
         signed in. A state that is not here is 400.\n\n| code | status | meaning |\n|---|---|---|\n",
    );
    for (state, meaning) in STATES {
        let status = status_of_sqlstate(state, "", false).as_u16();
        writeln!(page, "| `{state}` | {status} | {meaning} |").expect("writing to a string cannot fail");
    }
    page
}

/// The states that callers meet, for the documentation.
const STATES: [(&str, &str); 16] = [
    ("22003", "a number is out of its type's range"),
    ("22007", "a date or time cannot be read"),
    ("22P02", "a value cannot be read as its type"),
    ("23502", "a value is missing where there must be one"),
    ("23503", "a row that is referred to is missing, or a row is still referred to"),
    ("23505", "the key exists already"),
    ("23514", "a check of the table refuses the row"),
    ("25006", "a write in a read-only transaction"),
    ("40001", "two transactions were in each other's way; try again"),
    ("42501", "the caller may not do this, or a policy refuses the row"),
    ("42703", "there is no such column"),
    ("42883", "there is no such function or operator"),
    ("42P01", "there is no such table"),
    ("53300", "too many connections"),
    ("57014", "the statement took longer than the caller's limit (LIM-09)"),
    ("P0001", "a function raised an error"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_statuses_valid() {
        let mut codes: Vec<_> = TABLE.iter().map(|entry| entry.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), TABLE.len());
        assert!(TABLE.iter().all(|entry| StatusCode::from_u16(entry.status).is_ok()));
    }

    #[test]
    fn names_point_at_their_line() {
        assert_eq!(Code::QuerySyntax.text(), "PGRST100");
        assert_eq!(Code::KeyInBrowser.text(), "MS302");
        assert_eq!(Code::AmbiguousFunction.status(), 300);
    }

    #[test]
    fn the_docs_page_lists_every_code() {
        let page = docs_page();
        assert!(TABLE.iter().all(|entry| page.contains(&format!("| `{}` | {} |", entry.code, entry.status))));
    }
}
