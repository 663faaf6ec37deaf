//! `crypt` and `gen_salt` of pgcrypto, for the one kind of hash that is still worth making: bcrypt.
//!
//! **Must not:** work longer than a statement may take: hashes that cost more are refused.

use std::str::FromStr;

use algebra::value::{Value, ValueError};
use bcrypt::{HashParts, Version};
use ring::rand::{SecureRandom, SystemRandom};

use super::super::{Arguments, Body};

type Answer = Result<Value, ValueError>;

/// A hash of this cost takes about a second.
const COST_MAX: u32 = 14;
/// pgcrypto's own default.
const COST: i64 = 6;

/// `$2a$06$` and the salt.
const SETTING_LENGTH: usize = 29;
const HASH_LENGTH: usize = 60;

const DIGITS: &[u8; 64] = b"./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

fn crypt(row: &Arguments<'_>) -> Answer {
    let (password, setting) = (row.text(0)?, row.text(1)?);
    let version = match setting.get(..4) {
        Some("$2a$") => Version::TwoA,
        Some("$2x$") => Version::TwoX,
        Some("$2y$") => Version::TwoY,
        _ if setting.len() < 2 || setting.starts_with("$2") => {
            return Err(ValueError::invalid_parameter("invalid salt"));
        }
        _ => return Err(only_bcrypt()),
    };
    let invalid = || ValueError::invalid_parameter("invalid salt");
    // A setting alone is read as a hash of which the last part does not matter.
    let setting = setting.get(..SETTING_LENGTH).ok_or_else(invalid)?;
    let parts = HashParts::from_str(&format!("{setting:.<HASH_LENGTH$}")).map_err(|_| invalid())?;
    check_cost(parts.get_cost())?;
    let hash =
        bcrypt::hash_with_salt(password, parts.get_cost(), parts.get_salt_raw()).map_err(|_| invalid())?;
    Ok(Value::Text(hash.format_for_version(version)))
}

fn check_cost(cost: u32) -> Result<(), ValueError> {
    if cost <= COST_MAX {
        return Ok(());
    }
    let text = format!("a password hash of cost {cost} is not supported");
    Err(ValueError::unsupported(text).hint(format!("use a cost of {COST_MAX} at most")))
}

fn only_bcrypt() -> ValueError {
    ValueError::unsupported("of password hashes only bcrypt is supported").hint("use gen_salt('bf')")
}

fn gen_salt(row: &Arguments<'_>) -> Answer {
    match row.text(0)?.to_ascii_lowercase().as_str() {
        "bf" => {}
        "des" | "xdes" | "md5" => return Err(only_bcrypt()),
        _ => return Err(ValueError::invalid_parameter("gen_salt: Unknown salt algorithm")),
    }
    let cost = if row.len() > 1 { row.int(1)? } else { COST };
    let cost = if cost == 0 { COST } else { cost };
    if !(4..=31).contains(&cost) {
        return Err(ValueError::invalid_parameter("gen_salt: Incorrect number of rounds"));
    }
    check_cost(u32::try_from(cost).unwrap_or(u32::MAX))?;
    let mut bytes = [0; 22];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| ValueError::new("XX000", "could not generate random values"))?;
    // Of the last digit only two bits belong to the salt's sixteen bytes.
    bytes[21] &= 0x30;
    let salt: String = bytes.iter().map(|byte| char::from(DIGITS[usize::from(byte & 63)])).collect();
    Ok(Value::Text(format!("$2a${cost:02}${salt}")))
}

pub(super) static BODIES: &[Body] = &[
    Body { symbol: "pg_crypt", run: crypt },
    Body { symbol: "pg_gen_salt", run: gen_salt },
    Body { symbol: "pg_gen_salt_rounds", run: gen_salt },
];
