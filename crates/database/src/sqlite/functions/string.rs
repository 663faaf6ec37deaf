//! Functions over text: each calls the one of `algebra` that says what it means.

use algebra::text::{self, Side};
use algebra::types::Type;
use algebra::value::{self, Value, ValueError};

use super::{Arguments, Body};
use crate::sqlite::rows;

type Answer = Result<Value, ValueError>;

fn text_of(text: impl Into<String>) -> Answer {
    Ok(Value::Text(text.into()))
}

fn count(value: usize) -> Answer {
    Ok(Value::Int(i64::try_from(value).unwrap_or(i64::MAX)))
}

fn characters(row: &Arguments<'_>) -> Answer {
    count(row.text(0)?.chars().count())
}

/// The padding of `char` does not count.
fn characters_of_char(row: &Arguments<'_>) -> Answer {
    count(row.text(0)?.trim_end_matches(' ').chars().count())
}

fn octets(row: &Arguments<'_>) -> Answer {
    count(row.text(0)?.len())
}

fn bytes(row: &Arguments<'_>) -> Answer {
    count(row.bytes(0)?.len())
}

fn trim(row: &Arguments<'_>, side: Side) -> Answer {
    let set = if row.len() > 1 { row.text(1)? } else { " " };
    text_of(text::trim(row.text(0)?, set, side))
}

fn pad(row: &Arguments<'_>, side: Side) -> Answer {
    let fill = if row.len() > 2 { row.text(2)? } else { " " };
    text::pad(row.text(0)?, row.int(1)?, fill, side).map(Value::Text)
}

fn substring(row: &Arguments<'_>) -> Answer {
    if row.len() > 2 {
        return text_of(text::substring(row.text(0)?, row.int(1)?, row.int(2)?)?);
    }
    text_of(text::substring_from(row.text(0)?, row.int(1)?))
}

fn overlay(row: &Arguments<'_>) -> Answer {
    let part = row.text(1)?;
    let length = if row.len() > 3 { row.int(3)? } else { i64::try_from(part.chars().count()).unwrap_or(0) };
    text::overlay(row.text(0)?, part, row.int(2)?, length).map(Value::Text)
}

fn position(row: &Arguments<'_>) -> Answer {
    Ok(Value::Int(text::position(row.text(0)?, row.text(1)?)))
}

/// The texts of the arguments behind the types, from number `from` on; `None` for NULL.
fn printed(row: &Arguments<'_>, from: usize) -> Result<Vec<Option<String>>, ValueError> {
    let types = row.types(0)?;
    let one = |index: usize| {
        let ty = types.get(index).unwrap_or(&Type::Text);
        let value = rows::value(row.cell(index + 1), ty);
        (value != Value::Null).then(|| value::output(&value, ty))
    };
    Ok((from..row.len() - 1).map(one).collect())
}

fn concat(row: &Arguments<'_>) -> Answer {
    Ok(Value::Text(printed(row, 0)?.into_iter().flatten().collect()))
}

fn concat_ws(row: &Arguments<'_>) -> Answer {
    if row.is_null(1) {
        return Ok(Value::Null);
    }
    let parts: Vec<_> = printed(row, 1)?.into_iter().flatten().collect();
    text_of(parts.join(row.text(1)?))
}

fn format(row: &Arguments<'_>) -> Answer {
    if row.is_null(0) {
        return Ok(Value::Null);
    }
    text::format(row.text(0)?, &[]).map(Value::Text)
}

fn format_arguments(row: &Arguments<'_>) -> Answer {
    if row.is_null(1) {
        return Ok(Value::Null);
    }
    text::format(row.text(1)?, &printed(row, 1)?).map(Value::Text)
}

fn quote_nullable(row: &Arguments<'_>) -> Answer {
    text_of(if row.is_null(0) { "NULL".to_owned() } else { text::quote_literal(row.text(0)?) })
}

pub(super) static BODIES: &[Body] = &[
    Body { symbol: "pg_lower_text", run: |row| text_of(text::lower(row.text(0)?)) },
    Body { symbol: "pg_upper_text", run: |row| text_of(text::upper(row.text(0)?)) },
    Body { symbol: "pg_initcap_text", run: |row| text_of(text::initcap(row.text(0)?)) },
    Body { symbol: "pg_length_text", run: characters },
    Body { symbol: "pg_length_char", run: characters_of_char },
    Body { symbol: "pg_length_bytea", run: bytes },
    Body { symbol: "pg_char_length_text", run: characters },
    Body { symbol: "pg_char_length_char", run: characters_of_char },
    Body { symbol: "pg_character_length_text", run: characters },
    Body { symbol: "pg_character_length_char", run: characters_of_char },
    Body { symbol: "pg_octet_length_text", run: octets },
    Body { symbol: "pg_octet_length_bytea", run: bytes },
    Body { symbol: "pg_bit_length_text", run: |row| count(row.text(0)?.len() * 8) },
    Body { symbol: "pg_btrim", run: |row| trim(row, Side::Both) },
    Body { symbol: "pg_btrim_set", run: |row| trim(row, Side::Both) },
    Body { symbol: "pg_ltrim", run: |row| trim(row, Side::Left) },
    Body { symbol: "pg_ltrim_set", run: |row| trim(row, Side::Left) },
    Body { symbol: "pg_rtrim", run: |row| trim(row, Side::Right) },
    Body { symbol: "pg_rtrim_set", run: |row| trim(row, Side::Right) },
    Body { symbol: "pg_lpad", run: |row| pad(row, Side::Left) },
    Body { symbol: "pg_lpad_fill", run: |row| pad(row, Side::Left) },
    Body { symbol: "pg_rpad", run: |row| pad(row, Side::Right) },
    Body { symbol: "pg_rpad_fill", run: |row| pad(row, Side::Right) },
    Body { symbol: "pg_substring", run: substring },
    Body { symbol: "pg_substring_length", run: substring },
    Body { symbol: "pg_substr", run: substring },
    Body { symbol: "pg_substr_length", run: substring },
    Body { symbol: "pg_overlay", run: overlay },
    Body { symbol: "pg_overlay_length", run: overlay },
    Body { symbol: "pg_position", run: position },
    Body { symbol: "pg_strpos", run: position },
    Body { symbol: "pg_left", run: |row| text_of(text::left(row.text(0)?, row.int(1)?)) },
    Body { symbol: "pg_right", run: |row| text_of(text::right(row.text(0)?, row.int(1)?)) },
    Body { symbol: "pg_repeat", run: |row| text::repeat(row.text(0)?, row.int(1)?).map(Value::Text) },
    Body {
        symbol: "pg_replace",
        run: |row| text::replace(row.text(0)?, row.text(1)?, row.text(2)?).map(Value::Text),
    },
    Body { symbol: "pg_reverse", run: |row| text_of(text::reverse(row.text(0)?)) },
    Body {
        symbol: "pg_split_part",
        run: |row| text_of(text::split_part(row.text(0)?, row.text(1)?, row.int(2)?)?),
    },
    Body { symbol: "pg_starts_with", run: |row| Ok(Value::Bool(row.text(0)?.starts_with(row.text(1)?))) },
    Body {
        symbol: "pg_translate",
        run: |row| text_of(text::translate(row.text(0)?, row.text(1)?, row.text(2)?)),
    },
    Body { symbol: "pg_ascii", run: |row| Ok(Value::Int(text::ascii(row.text(0)?))) },
    Body { symbol: "pg_chr", run: |row| text::chr(row.int(0)?).map(Value::Text) },
    Body { symbol: "pg_to_hex_int4", run: |row| text_of(format!("{:x}", row.int(0)? as i32)) },
    Body { symbol: "pg_to_hex_int8", run: |row| text_of(format!("{:x}", row.int(0)?)) },
    Body { symbol: "pg_md5_text", run: |row| text_of(text::md5(row.text(0)?.as_bytes())) },
    Body { symbol: "pg_md5_bytea", run: |row| text_of(text::md5(row.bytes(0)?)) },
    Body { symbol: "pg_encode", run: |row| text::encode(row.bytes(0)?, row.text(1)?).map(Value::Text) },
    Body { symbol: "pg_decode", run: |row| text::decode(row.text(0)?, row.text(1)?).map(Value::Bytes) },
    Body { symbol: "pg_quote_ident", run: |row| text_of(text::quote_identifier(row.text(0)?)) },
    Body { symbol: "pg_quote_literal", run: |row| text_of(text::quote_literal(row.text(0)?)) },
    Body { symbol: "pg_quote_nullable", run: quote_nullable },
    Body { symbol: "pg_concat", run: concat },
    Body { symbol: "pg_concat_ws", run: concat_ws },
    Body { symbol: "pg_format", run: format },
    Body { symbol: "pg_format_arguments", run: format_arguments },
];
