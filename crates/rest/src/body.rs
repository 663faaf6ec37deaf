//! A body into rows of raw values (rest.md §4): JSON, CSV or a form become the same columns and members.
//! Values stay slices of the body: what a text or a number means is decided where the column's type is known.
//! **Must not:** convert a value, know a column, build a tree.

mod csv;
mod form;
mod json;
mod rows;
#[cfg(test)]
mod tests;

use bytes::Bytes;
use http::HeaderMap;
use plan::Rows;
use web::Limits;

use self::rows::RowsBuilder;
use crate::error::RequestError;
use crate::media::{self, BodyType};
use crate::query::Name;

/// Rows to write, and the columns that each of them has.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Payload {
    /// The columns, in the order of each row's members.
    pub(crate) columns: Vec<String>,
    /// The rows.
    pub(crate) rows: Rows,
    /// Whether the body was a list of rows, even if of one.
    pub(crate) is_list: bool,
}

/// Reads a body. With `columns` the rows have exactly those; without, those of the first row, and all rows must
/// have the same.
///
/// # Errors
/// [`RequestError::Body`] and [`RequestError::JsonLimit`].
pub(crate) fn read(
    body: &Bytes,
    body_type: BodyType,
    columns: Option<&[Name]>,
    limits: &Limits,
) -> Result<Payload, RequestError> {
    let columns = columns.map(|names| names.iter().map(|name| name.as_str().to_owned()).collect());
    let builder = RowsBuilder::new(columns, limits.payload_values_max);
    match body_type {
        BodyType::Json => json::read(body, builder, limits),
        BodyType::Csv => csv::read(body, builder),
        BodyType::Form => form::read(body, builder),
    }
}

/// The keys of a body's one row, for a call that finds no function.
///
/// # Errors
/// As [`read`]; an empty body is an empty object.
pub(crate) fn keys(body: &Bytes, headers: &HeaderMap, limits: &Limits) -> Result<Vec<String>, RequestError> {
    if body.is_empty() {
        return Ok(Vec::new());
    }
    Ok(read(body, media::body_type(headers)?, None, limits)?.columns)
}
