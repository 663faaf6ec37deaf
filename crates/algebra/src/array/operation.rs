//! Operators and functions on stored arrays.
//!
//! **Must not:** evaluate NULL arrays: the caller knows what NULL gives.

use std::cmp::Ordering;

use super::shape::Array;
use super::{element_text, element_value, into_text};
use crate::json::Json;
use crate::types::Type;
use crate::value::{self, Value, ValueError, write_json};

/// Whether two elements are equal; NULL equals NULL.
fn same(left: &str, right: &str, element: &Type) -> bool {
    if left == right {
        return true;
    }
    let by_text_alone = matches!(
        element,
        Type::Bool
            | Type::Int2
            | Type::Int4
            | Type::Int8
            | Type::Text
            | Type::Varchar
            | Type::Uuid
            | Type::Date
            | Type::Time
            | Type::Timestamp
            | Type::TimestampTz
            | Type::Bytea
            | Type::Enum(_)
    );
    !by_text_alone && compare_elements(left, right, element).is_eq()
}

fn is_null(element: &str) -> bool {
    element == "null"
}

fn compare_elements(left: &str, right: &str, element: &Type) -> Ordering {
    let value = |json: &str| element_value(Json::trusted(json), element);
    value::compare(&value(left), &value(right), element)
}

fn json_of(value: &Value, element: &Type) -> String {
    let mut out = Vec::new();
    write_json(value, element, &mut out);
    into_text(out)
}

/// The order of arrays: element by element, then by length, then by dimensions. NULL elements are equal and last.
pub fn compare(left: &str, right: &str, element: &Type) -> Ordering {
    let (left, right) = (Array::read(left, element), Array::read(right, element));
    let pairs = left.elements.iter().zip(&right.elements);
    pairs
        .map(|(left, right)| compare_elements(left, right, element))
        .find(|order| order.is_ne())
        .unwrap_or_else(|| left.elements.len().cmp(&right.elements.len()))
        .then_with(|| left.dimensions().cmp(&right.dimensions()))
        .then_with(|| left.lengths.cmp(&right.lengths))
}

/// `left @> right`: every element of the right is in the left; NULL is in nothing.
pub fn contains(left: &str, right: &str, element: &Type) -> bool {
    let (left, right) = (Array::read(left, element), Array::read(right, element));
    right.elements.iter().all(|wanted| {
        !is_null(wanted) && left.elements.iter().any(|found| !is_null(found) && same(found, wanted, element))
    })
}

/// `left && right`: they have an element in common; NULL is none.
pub fn overlaps(left: &str, right: &str, element: &Type) -> bool {
    let (left, right) = (Array::read(left, element), Array::read(right, element));
    left.elements
        .iter()
        .any(|found| !is_null(found) && right.elements.iter().any(|other| same(found, other, element)))
}

/// `array_append(array, value)`.
pub fn append(stored: &str, value: &Value, element: &Type) -> Result<String, ValueError> {
    extend(stored, value, element, |elements, json| elements.push(json))
}

/// `array_prepend(value, array)`.
pub fn prepend(value: &Value, stored: &str, element: &Type) -> Result<String, ValueError> {
    extend(stored, value, element, |elements, json| elements.insert(0, json))
}

fn extend<'a>(
    stored: &'a str,
    value: &Value,
    element: &Type,
    add: impl FnOnce(&mut Vec<String>, String),
) -> Result<String, ValueError> {
    let array: Array<'a> = Array::read(stored, element);
    if array.dimensions() > 1 {
        return Err(ValueError::new("22000", "argument must be empty or one-dimensional array"));
    }
    let mut elements: Vec<String> = array.elements.iter().map(|&element| element.to_owned()).collect();
    add(&mut elements, json_of(value, element));
    Ok(format!("[{}]", elements.join(",")))
}

/// `array_cat(left, right)`, `left || right`.
pub fn concatenate(left: &str, right: &str, element: &Type) -> Result<String, ValueError> {
    let (left, right) = (Array::read(left, element), Array::read(right, element));
    if right.elements.is_empty() {
        return Ok(left.write());
    }
    if left.elements.is_empty() {
        return Ok(right.write());
    }
    let refused =
        |detail: String| ValueError::new("2202E", "cannot concatenate incompatible arrays").detail(detail);
    let lengths = match left.dimensions().cmp(&right.dimensions()) {
        Ordering::Equal if left.lengths[1..] == right.lengths[1..] => {
            [&[left.lengths[0] + right.lengths[0]], &left.lengths[1..]].concat()
        }
        Ordering::Equal => {
            let detail = "Arrays with differing element dimensions are not compatible for concatenation.";
            return Err(refused(detail.to_owned()));
        }
        Ordering::Less if left.lengths == right.lengths[1..] => {
            [&[right.lengths[0] + 1], &right.lengths[1..]].concat()
        }
        Ordering::Greater if right.lengths == left.lengths[1..] => {
            [&[left.lengths[0] + 1], &left.lengths[1..]].concat()
        }
        _ if left.dimensions().abs_diff(right.dimensions()) == 1 => {
            let detail = "Arrays with differing dimensions are not compatible for concatenation.";
            return Err(refused(detail.to_owned()));
        }
        _ => {
            let (left, right) = (left.dimensions(), right.dimensions());
            return Err(refused(format!(
                "Arrays of {left} and {right} dimensions are not compatible for concatenation."
            )));
        }
    };
    Ok(Array { lengths, elements: [left.elements, right.elements].concat() }.write())
}

/// `array_remove(array, value)`: also NULL.
pub fn remove(stored: &str, value: &Value, element: &Type) -> Result<String, ValueError> {
    let mut array = Array::read(stored, element);
    if array.dimensions() > 1 {
        let message = "removing elements from multidimensional arrays is not supported";
        return Err(ValueError::unsupported(message));
    }
    let wanted = json_of(value, element);
    array.elements.retain(|found| !same(found, &wanted, element));
    array.lengths = vec![array.elements.len()];
    Ok(array.write())
}

/// `array_replace(array, from, to)`: also NULL.
pub fn replace(stored: &str, from: &Value, to: &Value, element: &Type) -> String {
    let array = Array::read(stored, element);
    let (from, to) = (json_of(from, element), json_of(to, element));
    let elements =
        array.elements.iter().map(|&found| if same(found, &from, element) { to.as_str() } else { found });
    Array { lengths: array.lengths.clone(), elements: elements.collect() }.write()
}

/// `array_positions(array, value)`: counted from 1. The first of them from a start on is `array_position`.
pub fn positions(stored: &str, value: &Value, element: &Type) -> Result<Vec<i64>, ValueError> {
    let array = Array::read(stored, element);
    if array.dimensions() > 1 {
        let message = "searching for elements in multidimensional arrays is not supported";
        return Err(ValueError::unsupported(message));
    }
    let wanted = json_of(value, element);
    let found = (1..).zip(&array.elements).filter(|(_, found)| same(found, &wanted, element));
    Ok(found.map(|(place, _)| place).collect())
}

/// `array_length(array, dimension)`, which is also `array_upper`: nothing for a dimension that is not there.
pub fn length(stored: &str, dimension: i64, element: &Type) -> Option<i64> {
    let index = usize::try_from(dimension).ok()?.checked_sub(1)?;
    let length = Array::read(stored, element).lengths.get(index).copied()?;
    i64::try_from(length).ok()
}

/// `array_ndims(array)`: nothing for the empty array.
pub fn dimensions(stored: &str, element: &Type) -> Option<i64> {
    i64::try_from(Array::read(stored, element).dimensions()).ok().filter(|&count| count > 0)
}

/// `array_dims(array)`: `[1:2][1:3]`; nothing for the empty array.
pub fn bounds(stored: &str, element: &Type) -> Option<String> {
    let array = Array::read(stored, element);
    let shown: String = array.lengths.iter().map(|length| format!("[1:{length}]")).collect();
    Some(shown).filter(|shown| !shown.is_empty())
}

/// `cardinality(array)`: all elements of all dimensions.
pub fn cardinality(stored: &str, element: &Type) -> i64 {
    i64::try_from(Array::read(stored, element).elements.len()).unwrap_or(i64::MAX)
}

/// `unnest(array)`: the elements of all dimensions in order.
pub fn unnest(stored: &str, element: &Type) -> Vec<Value> {
    let array = Array::read(stored, element);
    array.elements.iter().map(|json| element_value(Json::trusted(json), element)).collect()
}

/// `trim_array(array, count)`: without the last items.
pub fn trim(stored: &str, count: i64, element: &Type) -> Result<String, ValueError> {
    let mut array = Array::read(stored, element);
    let length = array.lengths.first().copied().unwrap_or(0);
    let kept = usize::try_from(count).ok().and_then(|count| length.checked_sub(count));
    let Some(kept) = kept else {
        let message = format!("number of elements to trim must be between 0 and {length}");
        return Err(ValueError::new("2202E", message));
    };
    if let [outer, inner @ ..] = &mut array.lengths[..] {
        *outer = kept;
        array.elements.truncate(kept * inner.iter().product::<usize>());
    }
    Ok(array.write())
}

/// `array_to_string(array, separator, null)`: NULL elements are left out, unless there is a text for them.
pub fn to_text(stored: &str, separator: &str, null: Option<&str>, element: &Type) -> String {
    let array = Array::read(stored, element);
    let mut out = String::new();
    let mut first = true;
    for json in array.elements {
        let text = element_text(Json::trusted(json), element);
        let Some(text) = text.as_deref().or(null) else { continue };
        if !first {
            out.push_str(separator);
        }
        first = false;
        out.push_str(text);
    }
    out
}

/// `string_to_array(text, separator, null)`: without a separator, one element for each character.
pub fn from_text(text: &str, separator: Option<&str>, null: Option<&str>) -> String {
    let parts: Vec<String> = match separator {
        _ if text.is_empty() => Vec::new(),
        None => text.chars().map(String::from).collect(),
        Some("") => vec![text.to_owned()],
        Some(separator) => text.split(separator).map(str::to_owned).collect(),
    };
    let values = parts
        .into_iter()
        .map(|part| if Some(part.as_str()) == null { Value::Null } else { Value::Text(part) });
    super::from_values(&values.collect::<Vec<_>>(), &Type::Text)
}
