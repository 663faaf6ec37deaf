//! Bytes and digests.

use algebra::text;
use algebra::value::{Value, ValueError};
use ring::rand::{SecureRandom, SystemRandom};
use ring::{digest, hmac};

use super::super::uuid::gen_random_uuid;
use super::super::{Arguments, Body};
use crate::cell::Cell;

type Answer = Result<Value, ValueError>;

/// The bytes of a text or of bytes.
fn raw<'a>(row: &'a Arguments<'_>, index: usize) -> Result<&'a [u8], ValueError> {
    match row.cell(index) {
        Cell::Text(text) => Ok(text.as_bytes()),
        _ => row.bytes(index),
    }
}

fn hash(algorithm: &'static digest::Algorithm, bytes: &[u8]) -> Answer {
    Ok(Value::Bytes(digest::digest(algorithm, bytes).as_ref().to_vec()))
}

fn unknown(name: &str) -> ValueError {
    ValueError::invalid_parameter(format!("Cannot use \"{name}\": No such hash algorithm"))
        .hint("the algorithms are md5, sha1, sha256, sha384 and sha512")
}

fn digest_of(row: &Arguments<'_>) -> Answer {
    let (bytes, name) = (raw(row, 0)?, row.text(1)?);
    match name.to_ascii_lowercase().as_str() {
        "md5" => text::decode(&text::md5(bytes), "hex").map(Value::Bytes),
        "sha1" => hash(&digest::SHA1_FOR_LEGACY_USE_ONLY, bytes),
        "sha256" => hash(&digest::SHA256, bytes),
        "sha384" => hash(&digest::SHA384, bytes),
        "sha512" => hash(&digest::SHA512, bytes),
        _ => Err(unknown(name)),
    }
}

fn code_of(row: &Arguments<'_>) -> Answer {
    let name = row.text(2)?;
    let algorithm = match name.to_ascii_lowercase().as_str() {
        "sha1" => hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
        "sha256" => hmac::HMAC_SHA256,
        "sha384" => hmac::HMAC_SHA384,
        "sha512" => hmac::HMAC_SHA512,
        _ => return Err(unknown(name)),
    };
    let code = hmac::sign(&hmac::Key::new(algorithm, raw(row, 1)?), raw(row, 0)?);
    Ok(Value::Bytes(code.as_ref().to_vec()))
}

/// pgcrypto's bound.
const RANDOM_BYTES_MAX: i64 = 1024;

fn random_bytes(row: &Arguments<'_>) -> Answer {
    let count = row.int(0)?;
    let refused = || ValueError::new("39000", "Length not in range");
    if !(1..=RANDOM_BYTES_MAX).contains(&count) {
        return Err(refused());
    }
    let mut bytes = vec![0; usize::try_from(count).map_err(|_| refused())?];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| ValueError::new("XX000", "could not generate random values"))?;
    Ok(Value::Bytes(bytes))
}

/// The one encoding that texts have.
fn check_encoding(name: &str, side: &str) -> Result<(), ValueError> {
    let plain: String = name.to_ascii_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    if matches!(plain.as_str(), "utf8" | "unicode") {
        return Ok(());
    }
    Err(ValueError::invalid_parameter(format!("invalid {side} encoding name \"{name}\""))
        .hint("the encoding is UTF8"))
}

fn convert_to(row: &Arguments<'_>) -> Answer {
    check_encoding(row.text(1)?, "destination")?;
    Ok(Value::Bytes(row.text(0)?.as_bytes().to_vec()))
}

fn convert_from(row: &Arguments<'_>) -> Answer {
    check_encoding(row.text(1)?, "source")?;
    let bytes = row.bytes(0)?;
    if bytes.contains(&0) {
        return Err(ValueError::new("22021", "invalid byte sequence for encoding \"UTF8\": 0x00"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let found: Vec<_> = bytes[error.valid_up_to()..]
            .iter()
            .take(error.error_len().unwrap_or(1))
            .map(|byte| format!("0x{byte:02x}"))
            .collect();
        let text = format!("invalid byte sequence for encoding \"UTF8\": {}", found.join(" "));
        ValueError::new("22021", text)
    })?;
    Ok(Value::Text(text.to_owned()))
}

fn byte(row: &Arguments<'_>) -> Answer {
    let (bytes, index) = (row.bytes(0)?, row.int(1)?);
    let found = usize::try_from(index).ok().and_then(|index| bytes.get(index));
    found.map(|byte| Value::Int(i64::from(*byte))).ok_or_else(|| {
        let last = i64::try_from(bytes.len()).unwrap_or(i64::MAX) - 1;
        ValueError::new("2202E", format!("index {index} out of valid range, 0..{last}"))
    })
}

fn substring(row: &Arguments<'_>) -> Answer {
    let (bytes, start) = (row.bytes(0)?, row.int(1)?);
    let mut end = i64::MAX;
    if row.len() > 2 {
        let length = row.int(2)?;
        if length < 0 {
            return Err(ValueError::new("22011", "negative substring length not allowed"));
        }
        end = start.saturating_add(length);
    }
    let place = |at: i64| usize::try_from(at.max(1) - 1).unwrap_or(usize::MAX).min(bytes.len());
    let (start, end) = (place(start), place(end));
    Ok(Value::Bytes(bytes[start..end.max(start)].to_vec()))
}

/// Where a part first lies, counted from one; 0 for nowhere.
fn position(row: &Arguments<'_>) -> Answer {
    let (whole, part) = (row.bytes(0)?, row.bytes(1)?);
    if part.is_empty() {
        return Ok(Value::Int(1));
    }
    let found = whole.windows(part.len()).position(|window| window == part);
    count(found.map_or(0, |at| at + 1))
}

fn count(value: usize) -> Answer {
    Ok(Value::Int(i64::try_from(value).unwrap_or(i64::MAX)))
}

pub(super) static BODIES: &[Body] = &[
    Body { symbol: "pg_sha256", run: |row| hash(&digest::SHA256, row.bytes(0)?) },
    Body { symbol: "pg_sha384", run: |row| hash(&digest::SHA384, row.bytes(0)?) },
    Body { symbol: "pg_sha512", run: |row| hash(&digest::SHA512, row.bytes(0)?) },
    Body { symbol: "pg_convert_to", run: convert_to },
    Body { symbol: "pg_convert_from", run: convert_from },
    Body { symbol: "pg_get_byte", run: byte },
    Body { symbol: "pg_substring_bytea", run: substring },
    Body { symbol: "pg_substring_bytea_length", run: substring },
    Body { symbol: "pg_position_bytea", run: position },
    Body { symbol: "pg_bit_length_bytea", run: |row| count(row.bytes(0)?.len() * 8) },
    Body { symbol: "pg_octet_length_char", run: |row| count(row.text(0)?.len()) },
    Body { symbol: "pg_digest_text", run: digest_of },
    Body { symbol: "pg_digest_bytea", run: digest_of },
    Body { symbol: "pg_hmac_text", run: code_of },
    Body { symbol: "pg_hmac_bytea", run: code_of },
    Body { symbol: "pg_gen_random_bytes", run: random_bytes },
    Body { symbol: "pg_uuid_generate_v4", run: gen_random_uuid },
    Body {
        symbol: "pg_uuid_nil",
        run: |_| Ok(Value::Text("00000000-0000-0000-0000-000000000000".to_owned())),
    },
];
