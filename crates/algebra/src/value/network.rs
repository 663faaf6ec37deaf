//! `inet`, `cidr` and `macaddr`: canonical text.
//!
//! **Must not:** order them; their text does not sort as PostgreSQL sorts.

use std::net::{IpAddr, Ipv4Addr};

use super::{Value, ValueError};
use crate::types::Type;

/// PostgreSQL's `inet_in` and `cidr_in`; shortened IPv4 networks such as `10.1/16` are refused.
pub(super) fn address(text: &str, type_: &Type) -> Result<Value, ValueError> {
    let type_name = if *type_ == Type::Cidr { "cidr" } else { "inet" };
    let invalid = || ValueError::invalid_text(type_name, text);
    let (host, bits) = match text.split_once('/') {
        Some((host, bits)) => {
            let valid = !bits.is_empty() && bits.len() <= 3 && bits.bytes().all(|byte| byte.is_ascii_digit());
            (host, Some(bits.parse::<u32>().ok().filter(|_| valid).ok_or_else(invalid)?))
        }
        None => (text, None),
    };
    let address = parse(host).ok_or_else(invalid)?;
    let bits_max = if address.is_ipv4() { 32 } else { 128 };
    let bits = bits.unwrap_or(bits_max);
    if bits > bits_max {
        return Err(invalid());
    }
    if *type_ == Type::Cidr && has_host_bits(address, bits) {
        return Err(ValueError::new("22P02", format!("invalid cidr value: \"{text}\""))
            .detail("Value has bits set to right of mask."));
    }
    let shown = printed(address);
    let canonical = if *type_ == Type::Cidr || bits < bits_max { format!("{shown}/{bits}") } else { shown };
    Ok(Value::Text(canonical))
}

/// An address; PostgreSQL takes leading zeros as decimal, which the standard parser refuses.
fn parse(text: &str) -> Option<IpAddr> {
    if text.contains(':') {
        return text.parse().ok().filter(|_| !text.contains('%'));
    }
    let parts: Vec<&str> = text.split('.').collect();
    let [a, b, c, d] = parts[..] else { return None };
    let octet = |part: &str| -> Option<u8> {
        part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
    };
    Some(IpAddr::V4(Ipv4Addr::new(octet(a)?, octet(b)?, octet(c)?, octet(d)?)))
}

fn printed(address: IpAddr) -> String {
    if let IpAddr::V6(v6) = address
        && let [0, 0, 0, 0, 0, 0, high, low] = v6.segments()
        && high != 0
    {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        return format!("::{a}.{b}.{c}.{d}");
    }
    address.to_string()
}

fn has_host_bits(address: IpAddr, bits: u32) -> bool {
    match address {
        IpAddr::V4(v4) => u32::from(v4).checked_shl(bits).unwrap_or(0) != 0,
        IpAddr::V6(v6) => u128::from(v6).checked_shl(bits).unwrap_or(0) != 0,
    }
}

/// PostgreSQL's `macaddr_in`: six bytes with colons, hyphens or dots in the usual places, or without.
pub(super) fn mac(text: &str) -> Result<Value, ValueError> {
    let invalid = || ValueError::invalid_text("macaddr", text);
    let body = super::scalar::trim(text);
    let groups: Vec<&str> = body.split([':', '-', '.']).collect();
    let separators: Vec<char> = body.chars().filter(|c| matches!(c, ':' | '-' | '.')).collect();
    let one_kind = separators.windows(2).all(|pair| pair[0] == pair[1]);
    let widths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let form = match widths.len() {
        6 => separators.first() != Some(&'.') && widths.iter().all(|&width| width == 1 || width == 2),
        3 => separators.first() != Some(&':') && widths.iter().all(|&width| width == 4),
        2 => separators.first() != Some(&'.') && widths.iter().all(|&width| width == 6),
        1 => widths[0] == 12,
        _ => false,
    };
    if !form || !one_kind || !groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit())) {
        return Err(invalid());
    }
    let digits: String =
        groups.iter().map(|group| format!("{group:0>2}")).collect::<String>().to_ascii_lowercase();
    let pairs: Vec<&str> = (0..12).step_by(2).map(|at| &digits[at..at + 2]).collect();
    Ok(Value::Text(pairs.join(":")))
}
