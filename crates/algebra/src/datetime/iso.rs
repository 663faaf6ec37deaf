//! The fast way in: ISO 8601 and RFC 3339 text, which is also the stored form.
//!
//! **Must not:** report errors: what it does not know, the full grammar of `fields` and `decode` judges.

use super::calendar::{self, Civil};
use super::{DAY_MICROS, Date, SECOND_MICROS, Time};

/// What an ISO text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Iso {
    pub(super) date: Date,
    pub(super) time: Option<Time>,
    /// Seconds east of UTC.
    pub(super) offset: Option<i32>,
}

/// Reads `2026-01-01`, `2026-01-01T12:34:56.789+02:00` and the like; nothing else.
pub(super) fn parse(text: &str) -> Option<Iso> {
    let (date, rest) = date(text.as_bytes())?;
    let rest = match rest {
        [] => return Some(Iso { date, time: None, offset: None }),
        [b'T' | b' ', rest @ ..] => rest,
        _ => return None,
    };
    let (time, rest) = time(rest)?;
    let offset = if rest.is_empty() { None } else { Some(offset(rest)?) };
    Some(Iso { date, time: Some(time), offset })
}

/// Reads a whole text as a time of day with or without an offset.
pub(super) fn parse_time(text: &str) -> Option<(Time, Option<i32>)> {
    let (time, rest) = time(text.as_bytes())?;
    if rest.is_empty() { Some((time, None)) } else { Some((time, Some(offset(rest)?))) }
}

fn date(bytes: &[u8]) -> Option<(Date, &[u8])> {
    let [a, b, c, d, b'-', e, f, b'-', g, h, rest @ ..] = bytes else { return None };
    let year = i64::from(two(*a, *b)?) * 100 + i64::from(two(*c, *d)?);
    let month = two(*e, *f)?;
    let day = two(*g, *h)?;
    let exists =
        year > 0 && (1..=12).contains(&month) && day >= 1 && day <= calendar::month_length(year, month);
    if !exists {
        return None;
    }
    Some((Date::from_days(Civil { year, month, day }.days()).ok()?, rest))
}

fn time(bytes: &[u8]) -> Option<(Time, &[u8])> {
    let [a, b, b':', c, d, rest @ ..] = bytes else { return None };
    let (hour, minute) = (i64::from(two(*a, *b)?), i64::from(two(*c, *d)?));
    let (second, fraction, rest) = match rest {
        [b':', e, f, rest @ ..] => {
            let (fraction, rest) = fraction(rest)?;
            (i64::from(two(*e, *f)?), fraction, rest)
        }
        _ => (0, 0, rest),
    };
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let micros = ((hour * 60 + minute) * 60 + second) * SECOND_MICROS + fraction;
    debug_assert!(micros < DAY_MICROS);
    Some((Time(micros), rest))
}

/// Up to six digits behind a point, as microseconds. More need rounding, which the full grammar does.
fn fraction(bytes: &[u8]) -> Option<(i64, &[u8])> {
    let [b'.', rest @ ..] = bytes else { return Some((0, bytes)) };
    let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if length == 0 || length > 6 {
        return None;
    }
    let value = rest[..length].iter().fold(0, |value, &byte| value * 10 + i64::from(byte - b'0'));
    let zeros = u32::try_from(6 - length).ok()?;
    Some((value * 10i64.pow(zeros), &rest[length..]))
}

fn offset(bytes: &[u8]) -> Option<i32> {
    let (sign, rest) = match bytes {
        [b'Z' | b'z'] => return Some(0),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let (hour, minute) = match rest {
        [a, b] => (two(*a, *b)?, 0),
        [a, b, b':', c, d] => (two(*a, *b)?, two(*c, *d)?),
        _ => return None,
    };
    if hour > 15 || minute > 59 {
        return None;
    }
    Some(sign * i32::try_from(hour * 3_600 + minute * 60).ok()?)
}

fn two(tens: u8, ones: u8) -> Option<u32> {
    (tens.is_ascii_digit() && ones.is_ascii_digit())
        .then(|| u32::from(tens - b'0') * 10 + u32::from(ones - b'0'))
}
