//! Rows of the service's queries, read by column name.

use algebra::value::Value;
use database::Rows;

/// One row.
#[derive(Clone, Copy)]
pub(crate) struct Record<'a> {
    rows: &'a Rows,
    index: usize,
}

/// The rows of an answer.
pub(crate) fn records(rows: &Rows) -> impl Iterator<Item = Record<'_>> {
    (0..rows.rows.len()).map(move |index| Record { rows, index })
}

/// The first row.
pub(crate) fn first(rows: &Rows) -> Option<Record<'_>> {
    records(rows).next()
}

impl<'a> Record<'a> {
    fn value(self, column: &str) -> Option<&'a Value> {
        let place = self.rows.columns.iter().position(|(name, _)| name == column);
        debug_assert!(place.is_some(), "the query answers no column {column}");
        self.rows.rows[self.index].0.get(place?)
    }

    /// Text of any type that is stored as text; `None` when NULL.
    pub(crate) fn text(self, column: &str) -> Option<&'a str> {
        match self.value(column) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Text, `""` when NULL.
    pub(crate) fn text_or_empty(self, column: &str) -> &'a str {
        self.text(column).unwrap_or_default()
    }

    pub(crate) fn is_true(self, column: &str) -> bool {
        matches!(self.value(column), Some(Value::Bool(true) | Value::Int(1)))
    }

    pub(crate) fn int(self, column: &str) -> Option<i64> {
        match self.value(column) {
            Some(Value::Int(number)) => Some(*number),
            _ => None,
        }
    }

    /// A JSON document, `{}` when NULL.
    pub(crate) fn json(self, column: &str) -> serde_json::Value {
        self.text(column)
            .and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_else(|| serde_json::Value::Object(serde_json::Map::new()))
    }

    /// A moment as RFC 3339 in UTC; `None` when NULL.
    pub(crate) fn time(self, column: &str) -> Option<String> {
        let text = self.text(column)?;
        Some(text.strip_suffix("+00:00").map_or_else(|| text.to_owned(), |utc| format!("{utc}Z")))
    }
}

/// A text parameter.
pub(crate) fn text(value: impl Into<String>) -> Value {
    Value::Text(value.into())
}

/// A text parameter that may be NULL.
pub(crate) fn optional(value: Option<impl Into<String>>) -> Value {
    value.map_or(Value::Null, |value| Value::Text(value.into()))
}
