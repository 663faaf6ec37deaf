//! `json_strip_nulls`, which keeps the order and the repetition of keys.
//!
//! **Must not:** decode: keys and scalars are copied as they are written.

use super::{Json, Kind, Limits};
use crate::value::ValueError;

/// The document without members whose value is null, without white space.
pub fn strip_nulls(text: &str) -> Result<String, ValueError> {
    let json = Json::parse_text(text, Limits::VALUE)?;
    let mut out = String::with_capacity(text.len());
    write(json, &mut out);
    Ok(out)
}

/// Recursion is bounded by the limit that the document was checked with.
fn write(json: Json<'_>, out: &mut String) {
    match json.kind() {
        Kind::Object => {
            out.push('{');
            let kept = json.members().filter(|member| !member.value.is_null());
            for (index, member) in kept.enumerate() {
                out.push_str(if index == 0 { "" } else { "," });
                out.push_str(member.raw_key());
                out.push(':');
                write(member.value, out);
            }
            out.push('}');
        }
        Kind::Array => {
            out.push('[');
            for (index, element) in json.elements().enumerate() {
                out.push_str(if index == 0 { "" } else { "," });
                write(element, out);
            }
            out.push(']');
        }
        _ => out.push_str(json.raw()),
    }
}
