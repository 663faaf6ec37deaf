//! The order of stored numerics: the collation `numeric`.
//!
//! **Must not:** parse into a number or allocate: an index compares often.

use std::cmp::Ordering;

/// Compares two canonical texts by value: `1.50` equals `1.5`; `NaN` equals itself and is above all.
/// Text that is no number sorts after numbers, bytewise, so that the order is total.
pub fn compare(left: &str, right: &str) -> Ordering {
    if left == right {
        return Ordering::Equal;
    }
    let (left_class, right_class) = (class(left), class(right));
    if left_class != right_class {
        return left_class.cmp(&right_class);
    }
    match left_class {
        Class::Negative => magnitude(&right[1..], &left[1..]),
        Class::Positive => magnitude(left, right),
        Class::Other => left.cmp(right),
        Class::NegativeInfinity | Class::Zero | Class::Infinity | Class::NaN => Ordering::Equal,
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    NegativeInfinity,
    Negative,
    Zero,
    Positive,
    Infinity,
    NaN,
    Other,
}

fn class(text: &str) -> Class {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    match digits.as_bytes().first() {
        Some(b'0'..=b'9' | b'.') => {
            let zero = !digits.bytes().any(|byte| matches!(byte, b'1'..=b'9'));
            match (zero, negative) {
                (true, _) => Class::Zero,
                (false, true) => Class::Negative,
                (false, false) => Class::Positive,
            }
        }
        Some(b'I') if digits == "Infinity" && negative => Class::NegativeInfinity,
        Some(b'I') if digits == "Infinity" => Class::Infinity,
        Some(b'N') if text == "NaN" => Class::NaN,
        _ => Class::Other,
    }
}

fn magnitude(left: &str, right: &str) -> Ordering {
    let (left_whole, left_fraction) = left.split_once('.').unwrap_or((left, ""));
    let (right_whole, right_fraction) = right.split_once('.').unwrap_or((right, ""));
    let left_whole = left_whole.trim_start_matches('0');
    let right_whole = right_whole.trim_start_matches('0');
    left_whole
        .len()
        .cmp(&right_whole.len())
        .then_with(|| left_whole.cmp(right_whole))
        .then_with(|| left_fraction.trim_end_matches('0').cmp(right_fraction.trim_end_matches('0')))
}
