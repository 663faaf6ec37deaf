//! `jsonb`: JSON as a tree in PostgreSQL's normal form, and its text.
//!
//! Normal form: keys ordered by length, then bytes; of equal keys the last stays; numbers as `numeric` prints them;
//! `{"a": 1, "b": [2, 3]}` in text. Two documents are equal when their texts are.
//! **Must not:** be used where a walk over slices (`json`) is enough: the tree costs an allocation a node.

mod build;
mod change;
mod contain;

pub use build::{Typed, build_array, build_object, jsonb_build_array, jsonb_build_object, to_jsonb};
pub use change::{Missing, Place};

use crate::json::escape::push_string;
use crate::json::{Json, Kind, Limits};
use crate::numeric::Numeric;
use crate::value::ValueError;

/// A JSON value in normal form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tree {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number as `numeric` prints it.
    Number(String),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Tree>),
    /// An object: members in the order of [`key_order`], no key twice.
    Object(Vec<(String, Tree)>),
}

/// PostgreSQL's `jsonb_in`: a text to the text of its normal form.
pub fn normalize(text: &str) -> Result<String, ValueError> {
    Tree::parse(text).map(|tree| tree.to_string())
}

/// The order of keys in an object.
pub fn key_order(left: &str, right: &str) -> std::cmp::Ordering {
    left.len().cmp(&right.len()).then_with(|| left.cmp(right))
}

impl Tree {
    /// Reads JSON text.
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        Json::parse_text(text, Limits::VALUE).and_then(Self::from_json)
    }

    /// Builds the tree of JSON that was checked. Recursion is bounded by the limit it was checked with.
    pub fn from_json(json: Json<'_>) -> Result<Self, ValueError> {
        Ok(match json.kind() {
            Kind::Null => Self::Null,
            Kind::Bool => Self::Bool(json.raw() == "true"),
            Kind::Number => Self::Number(number(json.raw())?),
            Kind::String => Self::String(json.string()?.unwrap_or_default().into_owned()),
            Kind::Array => Self::Array(json.elements().map(Self::from_json).collect::<Result<_, _>>()?),
            Kind::Object => {
                let members = json
                    .members()
                    .map(|member| Ok((member.key()?.into_owned(), Self::from_json(member.value)?)));
                Self::object(members.collect::<Result<_, ValueError>>()?)
            }
        })
    }

    /// An object of members in any order, with keys that may repeat.
    pub fn object(mut members: Vec<(String, Self)>) -> Self {
        // Reversed, so that the stable sort puts the last of equal keys first and `dedup` keeps it.
        members.reverse();
        members.sort_by(|left, right| key_order(&left.0, &right.0));
        members.dedup_by(|later, first| later.0 == first.0);
        Self::Object(members)
    }

    /// What this is, by `jsonb_typeof`'s names.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Null => Kind::Null,
            Self::Bool(_) => Kind::Bool,
            Self::Number(_) => Kind::Number,
            Self::String(_) => Kind::String,
            Self::Array(_) => Kind::Array,
            Self::Object(_) => Kind::Object,
        }
    }

    /// The value of a key of an object.
    pub fn member(&self, key: &str) -> Option<&Self> {
        let Self::Object(members) = self else { return None };
        let at = members.binary_search_by(|(other, _)| key_order(other, key)).ok()?;
        Some(&members[at].1)
    }

    /// `jsonb_pretty`: a line for each member and element, four spaces a level.
    pub fn pretty(&self) -> String {
        let mut out = String::new();
        self.write_pretty(0, &mut out);
        out
    }

    fn write_pretty(&self, level: usize, out: &mut String) {
        let new_line = |level: usize, out: &mut String| {
            out.push('\n');
            out.extend(std::iter::repeat_n("    ", level));
        };
        match self {
            Self::Array(elements) => {
                out.push('[');
                for (index, element) in elements.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { "," });
                    new_line(level + 1, out);
                    element.write_pretty(level + 1, out);
                }
                new_line(level, out);
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (index, (key, value)) in members.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { "," });
                    new_line(level + 1, out);
                    push_string(key, out);
                    out.push_str(": ");
                    value.write_pretty(level + 1, out);
                }
                new_line(level, out);
                out.push('}');
            }
            scalar => scalar.write(out),
        }
    }

    /// The number that a document is, for a cast to a type; anything else is refused.
    pub fn cast_number(&self, type_name: &str) -> Result<Numeric, ValueError> {
        match self {
            Self::Number(text) => Numeric::parse(text),
            other => Err(other.no_cast(type_name)),
        }
    }

    /// The boolean that a document is, for a cast.
    pub fn cast_boolean(&self) -> Result<bool, ValueError> {
        match self {
            Self::Bool(value) => Ok(*value),
            other => Err(other.no_cast("boolean")),
        }
    }

    fn no_cast(&self, type_name: &str) -> ValueError {
        let kind = match self.kind() {
            Kind::Number => "numeric",
            kind => kind.name(),
        };
        ValueError::invalid_parameter(format!("cannot cast jsonb {kind} to type {type_name}"))
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(true) => out.push_str("true"),
            Self::Bool(false) => out.push_str("false"),
            Self::Number(text) => out.push_str(text),
            Self::String(text) => push_string(text, out),
            Self::Array(elements) => {
                out.push('[');
                for (index, element) in elements.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { ", " });
                    element.write(out);
                }
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (index, (key, value)) in members.iter().enumerate() {
                    out.push_str(if index == 0 { "" } else { ", " });
                    push_string(key, out);
                    out.push_str(": ");
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

impl std::fmt::Display for Tree {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut out = String::new();
        self.write(&mut out);
        f.write_str(&out)
    }
}

/// A JSON number as `numeric` prints it. Most are already.
fn number(raw: &str) -> Result<String, ValueError> {
    let negative_zero = raw.starts_with("-0") && !raw.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
    if negative_zero || raw.bytes().any(|byte| matches!(byte, b'e' | b'E')) || raw.len() > 1_000 {
        return Numeric::parse(raw).map(|number| number.to_string());
    }
    Ok(raw.to_owned())
}

#[cfg(test)]
mod tests;
