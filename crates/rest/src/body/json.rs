//! JSON bodies: an object is a row, an array is rows, anything else is none.
//! **Must not:** copy a value: members are slices of the body.

use algebra::json::{Json, Kind, Limits as JsonLimits};
use algebra::value::ValueError;
use bytes::Bytes;
use plan::Member;
use web::Limits;

use super::Payload;
use super::rows::RowsBuilder;
use crate::error::RequestError;

const INVALID: RequestError = RequestError::Body("Empty or invalid json");

pub(super) fn read(body: &Bytes, mut rows: RowsBuilder, limits: &Limits) -> Result<Payload, RequestError> {
    let json = parse(body, limits)?;
    match json.kind() {
        Kind::Object => add(body, json, &mut rows)?,
        Kind::Array => {
            for element in json.elements() {
                if element.kind() != Kind::Object {
                    return Err(RequestError::Body("All object keys must match"));
                }
                add(body, element, &mut rows)?;
            }
        }
        Kind::Null | Kind::Bool | Kind::Number | Kind::String => {}
    }
    Ok(rows.finish(json.kind() == Kind::Array))
}

/// Checks a whole body.
pub(super) fn parse<'b>(body: &'b Bytes, limits: &Limits) -> Result<Json<'b>, RequestError> {
    let limits = JsonLimits {
        depth_max: limits.json_depth_max,
        keys_max: limits.json_keys_max,
        number_length_max: limits.json_number_chars_max,
    };
    Json::parse(body, limits).map_err(refusal)
}

/// What is over a limit is said as such; all else is no JSON.
fn refusal(error: ValueError) -> RequestError {
    if error.sqlstate.starts_with("54") { RequestError::JsonLimit(error.message) } else { INVALID }
}

fn add(body: &Bytes, object: Json<'_>, rows: &mut RowsBuilder) -> Result<(), RequestError> {
    rows.add(object.members().map(|member| {
        let value = if member.value.is_null() {
            Member::Null
        } else {
            Member::Json(body.slice_ref(member.value.raw().as_bytes()))
        };
        Ok((member.key()?, value))
    }))
}
