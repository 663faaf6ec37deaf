//! Which HTTP status a SQLSTATE stands for: PostgREST's mapping, with one difference that is said where it is made.
//!
//! **Must not:** know an engine. Both report SQLSTATEs by the time they come here.

use http::StatusCode;

/// An error as PostgreSQL reports one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseFault {
    /// Five characters, such as `23505`.
    pub sqlstate: String,
    /// The primary message.
    pub message: String,
    /// The `DETAIL` line.
    pub detail: Option<String>,
    /// The `HINT` line.
    pub hint: Option<String>,
}

impl DatabaseFault {
    /// A fault with neither detail nor hint.
    pub fn new(sqlstate: impl Into<String>, message: impl Into<String>) -> Self {
        Self { sqlstate: sqlstate.into(), message: message.into(), detail: None, hint: None }
    }
}

/// The HTTP status for a SQLSTATE. `authenticated` says whether the request brought a role.
///
/// Statement timeouts (`57014`) are 504 here, where PostgREST says 500: the limit LIM-09 is ours to enforce, and
/// a gateway's answer tells a client that trying a smaller question makes sense.
pub fn status_of_sqlstate(sqlstate: &str, message: &str, authenticated: bool) -> StatusCode {
    if let Some(status) = raised_status(sqlstate) {
        return status;
    }
    match sqlstate {
        "42501" if authenticated => StatusCode::FORBIDDEN,
        "42501" => StatusCode::UNAUTHORIZED,
        "42883" if message.starts_with("function xmlagg(") => StatusCode::NOT_ACCEPTABLE,
        "42883" | "42P01" => StatusCode::NOT_FOUND,
        "42P17" => StatusCode::INTERNAL_SERVER_ERROR,
        "21000" if message.ends_with("requires a WHERE clause") => StatusCode::BAD_REQUEST,
        "21000" => StatusCode::INTERNAL_SERVER_ERROR,
        "22023" if message.starts_with("role \"") && message.ends_with("does not exist") => {
            StatusCode::UNAUTHORIZED
        }
        "23503" | "23505" => StatusCode::CONFLICT,
        "25006" => StatusCode::METHOD_NOT_ALLOWED,
        "53400" => StatusCode::INTERNAL_SERVER_ERROR,
        "57P01" => StatusCode::SERVICE_UNAVAILABLE,
        "57014" => StatusCode::GATEWAY_TIMEOUT,
        "P0001" => StatusCode::BAD_REQUEST,
        _ => status_of_class(sqlstate.get(..2).unwrap_or_default()),
    }
}

fn status_of_class(class: &str) -> StatusCode {
    match class {
        "08" | "53" => StatusCode::SERVICE_UNAVAILABLE,
        "0L" | "0P" | "28" => StatusCode::FORBIDDEN,
        "09" | "25" | "2D" | "38" | "39" | "3B" | "40" | "54" | "55" | "57" | "58" | "F0" | "HV" | "P0"
        | "XX" => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    }
}

/// `PT404` and its like: a function chose the status itself.
fn raised_status(sqlstate: &str) -> Option<StatusCode> {
    let digits = sqlstate.strip_prefix("PT").filter(|rest| rest.len() == 3)?;
    // Informational statuses are not answers, and hyper would refuse to end a response with one.
    let number = digits.parse::<u16>().ok().filter(|number| (200..600).contains(number))?;
    StatusCode::from_u16(number).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_follow_the_table() {
        let cases = [
            ("08006", 503),
            ("09000", 500),
            ("0L000", 403),
            ("0P000", 403),
            ("21000", 500),
            ("22023", 400),
            ("22P02", 400),
            ("23502", 400),
            ("23503", 409),
            ("23505", 409),
            ("23514", 400),
            ("25006", 405),
            ("25001", 500),
            ("28000", 403),
            ("40001", 500),
            ("42501", 401),
            ("42703", 400),
            ("42883", 404),
            ("42P01", 404),
            ("42P17", 500),
            ("53400", 500),
            ("53300", 503),
            ("54001", 500),
            ("57014", 504),
            ("57P01", 503),
            ("57P03", 500),
            ("P0001", 400),
            ("P0002", 500),
            ("PT402", 402),
            ("PT100", 400),
            ("PT9", 400),
            ("XX000", 500),
            ("", 400),
            ("é", 400),
        ];
        for (sqlstate, status) in cases {
            assert_eq!(status_of_sqlstate(sqlstate, "", false), status, "{sqlstate}");
        }
    }

    #[test]
    fn some_states_depend_on_message_or_caller() {
        assert_eq!(status_of_sqlstate("42501", "permission denied", true), 403);
        assert_eq!(status_of_sqlstate("22023", "role \"boss\" does not exist", false), 401);
        assert_eq!(status_of_sqlstate("21000", "DELETE requires a WHERE clause", false), 400);
        assert_eq!(status_of_sqlstate("42883", "function xmlagg(text) does not exist", false), 406);
    }
}
