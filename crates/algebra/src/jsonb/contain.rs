//! Equality, order, containment and existence of JSON documents.
//!
//! **Must not:** change documents.

use std::cmp::Ordering;

use super::Tree;
use crate::numeric;

impl Tree {
    /// `=`: numbers by value, so that 1.0 equals 1.
    pub fn equals(&self, other: &Self) -> bool {
        self.compare(other).is_eq()
    }

    /// PostgreSQL's order: object, array, boolean, number, string, null from high to low; larger containers are higher.
    /// An empty array, if it is the whole document, is below scalars: so it came to be in PostgreSQL.
    pub fn compare(&self, other: &Self) -> Ordering {
        match (self.is_empty_array(), other.is_empty_array()) {
            (true, false) if !other.is_container() => Ordering::Less,
            (false, true) if !self.is_container() => Ordering::Greater,
            _ => self.compare_inner(other),
        }
    }

    fn is_empty_array(&self) -> bool {
        matches!(self, Self::Array(elements) if elements.is_empty())
    }

    fn compare_inner(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Bool(left), Self::Bool(right)) => left.cmp(right),
            (Self::Number(left), Self::Number(right)) => numeric::compare(left, right),
            (Self::String(left), Self::String(right)) => left.cmp(right),
            (Self::Array(left), Self::Array(right)) => left.len().cmp(&right.len()).then_with(|| {
                let pairs = left.iter().zip(right);
                pairs
                    .map(|(left, right)| left.compare_inner(right))
                    .find(|order| order.is_ne())
                    .unwrap_or(Ordering::Equal)
            }),
            (Self::Object(left), Self::Object(right)) => compare_members(left, right),
            _ => self.rank().cmp(&other.rank()),
        }
    }

    /// Where the kind stands in the order.
    fn rank(&self) -> u8 {
        match self {
            Self::Null => 1,
            Self::String(_) => 2,
            Self::Number(_) => 3,
            Self::Bool(_) => 4,
            Self::Array(_) => 5,
            Self::Object(_) => 6,
        }
    }

    /// `@>`: an array contains a scalar of its own at the top level.
    pub fn contains(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Array(elements), scalar) if !scalar.is_container() => {
                elements.iter().any(|element| element.equals(scalar))
            }
            _ => self.contains_deep(other),
        }
    }

    fn contains_deep(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Object(_), Self::Object(wanted)) => wanted
                .iter()
                .all(|(key, value)| self.member(key).is_some_and(|found| found.contains_deep(value))),
            (Self::Array(elements), Self::Array(wanted)) => {
                wanted.iter().all(|value| elements.iter().any(|element| element.contains_deep(value)))
            }
            _ => !self.is_container() && !other.is_container() && self.equals(other),
        }
    }

    /// `?`: a key of an object, a string of an array, or the string itself.
    pub fn has(&self, key: &str) -> bool {
        match self {
            Self::Object(_) => self.member(key).is_some(),
            Self::Array(elements) => {
                elements.iter().any(|element| matches!(element, Self::String(text) if text == key))
            }
            Self::String(text) => text == key,
            _ => false,
        }
    }

    pub(super) fn is_container(&self) -> bool {
        matches!(self, Self::Array(_) | Self::Object(_))
    }
}

/// Objects compare by their number of members, then key by key and value by value.
fn compare_members(left: &[(String, Tree)], right: &[(String, Tree)]) -> Ordering {
    let by_members = || {
        let pairs = left.iter().zip(right);
        pairs
            .map(|((left_key, left), (right_key, right))| {
                left_key.cmp(right_key).then_with(|| left.compare_inner(right))
            })
            .find(|order| order.is_ne())
            .unwrap_or(Ordering::Equal)
    };
    left.len().cmp(&right.len()).then_with(by_members)
}
