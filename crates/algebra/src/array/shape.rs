//! A stored array taken apart: its dimensions and its elements in order.
//!
//! **Must not:** decode elements.

use super::holds_json;
use crate::json::{Json, Kind};
use crate::types::Type;

/// An array: how many items each dimension has, and the JSON of the elements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Array<'a> {
    /// Outermost first; empty for the empty array.
    pub(super) lengths: Vec<usize>,
    pub(super) elements: Vec<&'a str>,
}

impl<'a> Array<'a> {
    /// Reads the stored form.
    pub(super) fn read(stored: &'a str, element: &Type) -> Self {
        let json = Json::trusted(stored);
        let nests = |json: &Json<'_>| json.kind() == Kind::Array && !holds_json(element);
        let mut lengths = vec![json.elements().count()];
        let mut level = json.elements().next();
        while let Some(inner) = level.filter(nests) {
            lengths.push(inner.elements().count());
            level = inner.elements().next();
        }
        if lengths[0] == 0 {
            return Self { lengths: Vec::new(), elements: Vec::new() };
        }
        let mut elements = Vec::new();
        collect(json, lengths.len(), &mut elements);
        Self { lengths, elements }
    }

    pub(super) fn dimensions(&self) -> usize {
        self.lengths.len()
    }

    /// The stored form.
    pub(super) fn write(&self) -> String {
        if self.elements.is_empty() || self.lengths.contains(&0) {
            return "[]".to_owned();
        }
        let mut out =
            String::with_capacity(self.elements.iter().map(|element| element.len() + 1).sum::<usize>() + 2);
        // Before an element, as many levels open as sizes divide its number; behind it, they close.
        let sizes: Vec<usize> =
            (0..self.lengths.len()).map(|from| self.lengths[from..].iter().product()).collect();
        for (index, element) in self.elements.iter().enumerate() {
            out.push_str(if index == 0 { "" } else { "," });
            out.extend(sizes.iter().filter(|&&size| index % size == 0).map(|_| '['));
            out.push_str(element);
            out.extend(sizes.iter().filter(|&&size| (index + 1) % size == 0).map(|_| ']'));
        }
        out
    }
}

fn collect<'a>(json: Json<'a>, depth: usize, elements: &mut Vec<&'a str>) {
    for inner in json.elements() {
        if depth > 1 {
            collect(inner, depth - 1, elements);
        } else {
            elements.push(inner.raw());
        }
    }
}
