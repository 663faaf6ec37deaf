//! Elements and slices by subscript.
//!
//! **Must not:** assign; that is a statement's work.

use super::element_value;
use super::shape::Array;
use crate::json::Json;
use crate::types::Type;
use crate::value::Value;

/// One subscript of a slice; without a bound it reaches to that end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// The first place, counted from 1.
    pub lower: Option<i64>,
    /// The last place.
    pub upper: Option<i64>,
}

/// `array[i][j]`: NULL when there is no such place, or not as many subscripts as dimensions.
pub fn at(stored: &str, subscripts: &[i64], element: &Type) -> Value {
    let array = Array::read(stored, element);
    if array.dimensions() != subscripts.len() {
        return Value::Null;
    }
    let mut index = 0;
    for (&subscript, &length) in subscripts.iter().zip(&array.lengths) {
        let place = usize::try_from(subscript).ok().and_then(|place| place.checked_sub(1));
        let Some(place) = place.filter(|&place| place < length) else { return Value::Null };
        index = index * length + place;
    }
    array.elements.get(index).map_or(Value::Null, |json| element_value(Json::trusted(json), element))
}

/// `array[a:b][c:d]`: fewer subscripts than dimensions take the rest whole; what lies outside is left out.
pub fn slice(stored: &str, slices: &[Slice], element: &Type) -> String {
    let array = Array::read(stored, element);
    if slices.len() > array.dimensions() {
        return "[]".to_owned();
    }
    let mut ranges = Vec::with_capacity(array.dimensions());
    for (dimension, &length) in array.lengths.iter().enumerate() {
        let slice = slices.get(dimension).copied().unwrap_or(Slice { lower: None, upper: None });
        let place = |bound: i64| usize::try_from(bound.max(0)).unwrap_or(usize::MAX);
        let from = slice.lower.map_or(0, |lower| place(lower.saturating_sub(1)));
        let to = slice.upper.map_or(length, place).min(length);
        if from >= to {
            return "[]".to_owned();
        }
        ranges.push(from..to);
    }
    let within = |index: usize| {
        let mut rest = index;
        let places = array.lengths.iter().rev().map(|length| {
            let place = rest % length;
            rest /= length;
            place
        });
        places.zip(ranges.iter().rev()).all(|(place, range)| range.contains(&place))
    };
    let kept = array.elements.iter().enumerate().filter(|(index, _)| within(*index)).map(|(_, json)| *json);
    Array { lengths: ranges.iter().map(std::ops::Range::len).collect(), elements: kept.collect() }.write()
}
