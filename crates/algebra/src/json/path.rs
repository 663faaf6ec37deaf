//! `->`, `->>`, `#>`, `#>>` on stored JSON, and the questions asked of one document, all on slices.
//!
//! **Must not:** build trees.

use super::{Json, Kind};
use crate::value::ValueError;

impl<'a> Json<'a> {
    /// `#>`: a step is a key of an object or an index of an array. A NULL step gives nothing.
    pub fn at_path(self, path: &[Option<String>]) -> Result<Option<Json<'a>>, ValueError> {
        let mut current = self;
        for step in path {
            let Some(step) = step else { return Ok(None) };
            let next = match current.kind() {
                Kind::Object => current.member(step)?,
                Kind::Array => {
                    step.trim_start().parse::<i32>().ok().and_then(|index| current.element(i64::from(index)))
                }
                _ => None,
            };
            match next {
                Some(json) => current = json,
                None => return Ok(None),
            }
        }
        Ok(Some(current))
    }

    /// `json_array_length`, `jsonb_array_length`.
    pub fn array_length(self) -> Result<usize, ValueError> {
        match self.kind() {
            Kind::Array => Ok(self.elements().count()),
            Kind::Object => Err(ValueError::invalid_parameter("cannot get array length of a non-array")),
            _ => Err(ValueError::invalid_parameter("cannot get array length of a scalar")),
        }
    }

    /// The document, if it is an object: for `json_each` and its like, whose name is for the error.
    pub fn expect_object(self, function: &str) -> Result<Self, ValueError> {
        let what = match (self.kind(), function.ends_with("object_keys")) {
            (Kind::Object, _) => return Ok(self),
            (Kind::Array, false) if function.starts_with("json_") => {
                return Err(ValueError::invalid_parameter("cannot deconstruct an array as an object"));
            }
            (_, false) if function.starts_with("json_") => {
                return Err(ValueError::invalid_parameter("cannot deconstruct a scalar"));
            }
            (Kind::Array, true) => "an array",
            (_, true) => "a scalar",
            (_, false) => "a non-object",
        };
        Err(ValueError::invalid_parameter(format!("cannot call {function} on {what}")))
    }

    /// The document, if it is an array: for `json_array_elements`, whose name is for the error.
    pub fn expect_array(self, function: &str) -> Result<Self, ValueError> {
        match (self.kind(), function.starts_with("jsonb")) {
            (Kind::Array, _) => Ok(self),
            (Kind::Object, true) => {
                Err(ValueError::invalid_parameter("cannot extract elements from an object"))
            }
            (_, true) => Err(ValueError::invalid_parameter("cannot extract elements from a scalar")),
            (Kind::Object, false) => {
                Err(ValueError::invalid_parameter(format!("cannot call {function} on a non-array")))
            }
            (_, false) => Err(ValueError::invalid_parameter(format!("cannot call {function} on a scalar"))),
        }
    }
}
