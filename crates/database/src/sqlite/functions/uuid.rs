//! Made-up identifiers.

use std::fmt::Write;

use algebra::value::{Value, ValueError};
use ring::rand::{SecureRandom, SystemRandom};

use super::{Arguments, Body};

pub(super) static BODIES: &[Body] = &[Body { symbol: "pg_gen_random_uuid", run: gen_random_uuid }];

/// Version 4: random but for six bits that say so.
pub(super) fn gen_random_uuid(_: &Arguments<'_>) -> Result<Value, ValueError> {
    let mut bytes = [0; 16];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| ValueError::new("XX000", "could not generate random values"))?;
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (position, byte) in bytes.iter().enumerate() {
        if matches!(position, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    Ok(Value::Text(text))
}
