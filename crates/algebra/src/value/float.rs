//! `real` and `double precision` as text: PostgreSQL's input, and the shortest text that reads back the same.
//!
//! **Must not:** round: what is printed is the value.

use std::fmt::Write;

use super::ValueError;

/// PostgreSQL's `float8in`.
pub fn parse_float8(text: &str) -> Result<f64, ValueError> {
    let value = parse(text, "double precision")?;
    check_range(value, value == 0.0, text, "double precision")?;
    Ok(value)
}

/// PostgreSQL's `float4in`; the single is widened, which loses nothing.
pub fn parse_float4(text: &str) -> Result<f64, ValueError> {
    let wide = parse(text, "real")?;
    // Parsed anew rather than narrowed: narrowing a double rounds twice.
    let single =
        if wide.is_finite() { body(text).parse::<f32>().unwrap_or(wide as f32) } else { wide as f32 };
    check_range(f64::from(single), single == 0.0, text, "real")?;
    Ok(f64::from(single))
}

fn body(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\n', '\r', '\u{b}', '\u{c}'])
}

fn parse(text: &str, type_name: &str) -> Result<f64, ValueError> {
    let body = body(text);
    let unsigned = body.strip_prefix(['-', '+']).unwrap_or(body);
    let sign = if body.starts_with('-') { -1.0 } else { 1.0 };
    match unsigned.as_bytes().first() {
        Some(b'0'..=b'9' | b'.') => body.parse().map_err(|_| ValueError::invalid_text(type_name, text)),
        _ if unsigned.eq_ignore_ascii_case("nan") => Ok(f64::NAN),
        _ if unsigned.eq_ignore_ascii_case("infinity") || unsigned.eq_ignore_ascii_case("inf") => {
            Ok(sign * f64::INFINITY)
        }
        _ => Err(ValueError::invalid_text(type_name, text)),
    }
}

/// A written number that became infinite or zero was out of range.
fn check_range(value: f64, is_zero: bool, text: &str, type_name: &str) -> Result<(), ValueError> {
    let written = text.bytes().take_while(|byte| !matches!(byte, b'e' | b'E'));
    let written_digits = |wanted: fn(u8) -> bool| written.clone().any(wanted);
    let overflow = value.is_infinite() && written_digits(|byte| byte.is_ascii_digit());
    let underflow = is_zero && written_digits(|byte| matches!(byte, b'1'..=b'9'));
    if overflow || underflow {
        return Err(ValueError::new("22003", format!("\"{text}\" is out of range for type {type_name}")));
    }
    Ok(())
}

/// A double as PostgreSQL 12 and later print it: `1e+20`, `0.1`, `Infinity`.
pub fn write_float8(value: f64, out: &mut String) {
    if let Some(name) = special(value) {
        out.push_str(name);
        return;
    }
    let mut buffer = ryu::Buffer::new();
    let shortest = buffer.format_finite(value);
    match inside(shortest, value.abs(), f64::MANTISSA_DIGITS) {
        None => write_shortest(shortest, 15, out),
        Some(count) => write_shortest(&format!("{value:.*e}", count - 1), 15, out),
    }
}

/// A single as PostgreSQL 12 and later print it.
pub fn write_float4(value: f64, out: &mut String) {
    let single = value as f32;
    let value = f64::from(single);
    if let Some(name) = special(value) {
        out.push_str(name);
        return;
    }
    let mut buffer = ryu::Buffer::new();
    let shortest = buffer.format_finite(single);
    match inside(shortest, value.abs(), f32::MANTISSA_DIGITS) {
        None => write_shortest(shortest, 6, out),
        Some(count) => write_shortest(&format!("{value:.*e}", count - 1), 6, out),
    }
}

/// PostgreSQL does not take a text that lies exactly half way to the next float, though it would read back the same.
/// Only whole numbers beyond the mantissa can be so. Gives the number of digits to print instead.
fn inside(shortest: &str, magnitude: f64, mantissa_bits: u32) -> Option<usize> {
    const LARGEST: f64 = 1e37;
    let bits = magnitude.to_bits() >> (f64::MANTISSA_DIGITS - 1);
    let exponent = i64::try_from(bits).unwrap_or(0) - 1_023;
    let step_bits = exponent - i64::from(mantissa_bits) + 1;
    if step_bits <= 0 || magnitude > LARGEST {
        return None;
    }
    let exact = magnitude as u128;
    let step = 1u128 << step_bits;
    let on_boundary = |text: &str| {
        let distance = whole(text)?.abs_diff(exact);
        // Below a power of two the floats lie twice as close.
        let half = if exact.is_power_of_two() && whole(text)? < exact { step / 4 } else { step / 2 };
        Some(distance >= half)
    };
    if !on_boundary(shortest)? {
        return None;
    }
    (1..=17).find(|count| on_boundary(&format!("{magnitude:.*e}", count - 1)).is_some_and(|outside| !outside))
}

/// A whole number in decimal or scientific notation, without its sign.
fn whole(text: &str) -> Option<u128> {
    let (mantissa, exponent) =
        text.trim_start_matches('-').split_once('e').unwrap_or((text.trim_start_matches('-'), "0"));
    let (head, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let zeros = exponent.parse::<usize>().ok()?.checked_sub(fraction.len())?;
    let digits: u128 = [head, fraction].concat().parse().ok()?;
    digits.checked_mul(10u128.checked_pow(u32::try_from(zeros).ok()?)?)
}

fn special(value: f64) -> Option<&'static str> {
    if value.is_nan() {
        Some("NaN")
    } else if value.is_infinite() {
        Some(if value > 0.0 { "Infinity" } else { "-Infinity" })
    } else {
        None
    }
}

/// Lays out shortest digits in PostgreSQL's manner: scientific below 1e-4 and from `10^digits_max` on.
fn write_shortest(shortest: &str, digits_max: i32, out: &mut String) {
    let (unsigned, negative) = match shortest.strip_prefix('-') {
        Some(rest) => (rest, true),
        None => (shortest, false),
    };
    let (mantissa, exponent) = unsigned.split_once('e').unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let joined = [whole, fraction].concat();
    let leading_zeros = joined.bytes().take_while(|&byte| byte == b'0').count();
    let digits = joined[leading_zeros..].trim_end_matches('0');
    if negative {
        out.push('-');
    }
    if digits.is_empty() {
        out.push('0');
        return;
    }
    let count = |length: usize| i32::try_from(length).unwrap_or(i32::MAX);
    // The power of ten of the first digit.
    let power = count(whole.len()) - 1 - count(leading_zeros) + exponent.parse::<i32>().unwrap_or(0);
    if power < -4 || power >= digits_max {
        write_scientific(digits, power, out);
    } else if power < 0 {
        out.push_str("0.");
        out.extend((1..-power).map(|_| '0'));
        out.push_str(digits);
    } else {
        let point = usize::try_from(power).unwrap_or(0) + 1;
        if digits.len() > point {
            out.push_str(&digits[..point]);
            out.push('.');
            out.push_str(&digits[point..]);
        } else {
            out.push_str(digits);
            out.extend((digits.len()..point).map(|_| '0'));
        }
    }
}

fn write_scientific(digits: &str, power: i32, out: &mut String) {
    out.push_str(&digits[..1]);
    if digits.len() > 1 {
        out.push('.');
        out.push_str(&digits[1..]);
    }
    let sign = if power < 0 { '-' } else { '+' };
    // Writing to a string cannot fail.
    let _ = write!(out, "e{sign}{:02}", power.unsigned_abs());
}
