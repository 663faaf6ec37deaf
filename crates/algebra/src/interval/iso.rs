//! ISO 8601 durations with designators: `P1Y2M3DT4H5M6.7S`, each number with its own sign and fraction.
//!
//! **Must not:** read the date-like form `P0001-02-03`; it is refused.

use super::Interval;
use super::decode::{Parts, Problem, Unit, digits, fraction_of};

/// Reads a duration; nothing when the text does not open as one.
pub(super) fn decode(text: &str) -> Option<Result<Interval, Problem>> {
    text.strip_prefix('P').map(parts)
}

fn parts(text: &str) -> Result<Interval, Problem> {
    let mut total = Parts::default();
    let mut in_time = false;
    let mut rest = text;
    if rest.is_empty() {
        return Err(Problem::Format);
    }
    while !rest.is_empty() {
        if let Some(time) = rest.strip_prefix('T') {
            if in_time {
                return Err(Problem::Format);
            }
            in_time = true;
            rest = time;
            continue;
        }
        let length = rest.find(|c: char| c.is_ascii_alphabetic()).ok_or(Problem::Format)?;
        let (value, fraction) = number(&rest[..length])?;
        total.add(unit(rest.as_bytes()[length], in_time)?, value, fraction);
        rest = &rest[length + 1..];
    }
    total.interval(false)
}

fn unit(designator: u8, in_time: bool) -> Result<Unit, Problem> {
    match (designator, in_time) {
        (b'Y', false) => Ok(Unit::Years(1)),
        (b'M', false) => Ok(Unit::Month),
        (b'W', false) => Ok(Unit::Week),
        (b'D', false) => Ok(Unit::Day),
        (b'H', true) => Ok(Unit::Hour),
        (b'M', true) => Ok(Unit::Minute),
        (b'S', true) => Ok(Unit::Second),
        _ => Err(Problem::Format),
    }
}

fn number(text: &str) -> Result<(i64, f64), Problem> {
    let sign = if text.starts_with('-') { -1 } else { 1 };
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let value = if whole.is_empty() && !fraction.is_empty() { 0 } else { digits(whole)? };
    Ok((sign * value, sign as f64 * fraction_of(fraction)?))
}
