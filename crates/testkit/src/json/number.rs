//! Whether two JSON numbers are the same value, exactly.
//!
//! **Must not:** go through a float.

pub(super) fn same(left: &str, right: &str) -> bool {
    normal(left) == normal(right)
}

/// Sign, significant digits, and the power of ten of the last digit. Zero has no digits, sign or power.
fn normal(text: &str) -> (bool, String, i64) {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let digits = digits.trim_start_matches('0');
    let kept = digits.trim_end_matches('0');
    if kept.is_empty() {
        return (false, String::new(), 0);
    }
    let exponent: i64 = exponent.parse().unwrap_or(i64::MAX / 2);
    let dropped = digits.len() - kept.len();
    let power = exponent - signed(fraction.len()) + signed(dropped);
    (negative, kept.to_owned(), power)
}

fn signed(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX / 4)
}
