//! Operators over text: concatenation, `like` and its kin, regular expressions.

use algebra::like::{self, Case, Pattern};
use algebra::value::{self, Value, ValueError};

use super::expression::Expression;
use super::{Arguments, Body};
use crate::sqlite::rows;

type Answer = Result<Value, ValueError>;

pub(super) static BODIES: &[&[&[Body]]] = &[&[CONCAT, ESCAPE], LIKE, MATCH];

const CONCAT: &[Body] = &[
    Body { symbol: "pg_concat_text", run: |row| Ok(Value::Text([row.text(0)?, row.text(1)?].concat())) },
    Body { symbol: "pg_concat_text_any", run: concat_any },
    Body { symbol: "pg_concat_any_text", run: concat_any },
    Body { symbol: "pg_concat_bytea", run: |row| Ok(Value::Bytes([row.bytes(0)?, row.bytes(1)?].concat())) },
    Body { symbol: "pg_prefixed_text", run: |row| Ok(Value::Bool(row.text(0)?.starts_with(row.text(1)?))) },
];

/// Both sides as text, in which a boolean is spelled out; the types come first.
fn concat_any(row: &Arguments<'_>) -> Answer {
    let types = row.types(0)?;
    let mut text = String::new();
    for (index, ty) in types.iter().enumerate() {
        match rows::value(row.cell(index + 1), ty) {
            Value::Bool(value) => text.push_str(if value { "true" } else { "false" }),
            value => value::write_output(&value, ty, &mut text),
        }
    }
    Ok(Value::Text(text))
}

/// Whether the text is like the pattern; a constant pattern is read once.
fn is_like(row: &Arguments<'_>, case: Case, wanted: bool) -> Answer {
    let pattern = row.kept(1, |text| Ok(Pattern::new(text, Some('\\'), case)))?;
    pattern.matches(row.text(0)?).map(|matches| Value::Bool(matches == wanted))
}

macro_rules! likes {
    ($suffix:literal) => {
        [
            Body { symbol: concat!("pg_like_", $suffix), run: |row| is_like(row, Case::Sensitive, true) },
            Body {
                symbol: concat!("pg_not_like_", $suffix),
                run: |row| is_like(row, Case::Sensitive, false),
            },
            Body { symbol: concat!("pg_ilike_", $suffix), run: |row| is_like(row, Case::Insensitive, true) },
            Body {
                symbol: concat!("pg_not_ilike_", $suffix),
                run: |row| is_like(row, Case::Insensitive, false),
            },
        ]
    };
}

const LIKE: &[&[Body]] = &[&likes!("text"), &likes!("char"), &likes!("name"), CITEXT];

/// citext matches whatever the case, with either operator.
const CITEXT: &[Body] = &[
    Body { symbol: "pg_like_citext", run: |row| is_like(row, Case::Insensitive, true) },
    Body { symbol: "pg_not_like_citext", run: |row| is_like(row, Case::Insensitive, false) },
    Body { symbol: "pg_ilike_citext", run: |row| is_like(row, Case::Insensitive, true) },
    Body { symbol: "pg_not_ilike_citext", run: |row| is_like(row, Case::Insensitive, false) },
    Body { symbol: "pg_like_citext_text", run: |row| is_like(row, Case::Insensitive, true) },
    Body { symbol: "pg_not_like_citext_text", run: |row| is_like(row, Case::Insensitive, false) },
    Body { symbol: "pg_ilike_citext_text", run: |row| is_like(row, Case::Insensitive, true) },
    Body { symbol: "pg_not_ilike_citext_text", run: |row| is_like(row, Case::Insensitive, false) },
];

fn is_match(row: &Arguments<'_>, case: Case, wanted: bool) -> Answer {
    let expression = row.kept(1, |text| Expression::read(text, case))?;
    Ok(Value::Bool(expression.is_match(row.text(0)?) == wanted))
}

macro_rules! matches {
    ($suffix:literal) => {
        [
            Body { symbol: concat!("pg_match_", $suffix), run: |row| is_match(row, Case::Sensitive, true) },
            Body {
                symbol: concat!("pg_not_match_", $suffix),
                run: |row| is_match(row, Case::Sensitive, false),
            },
            Body {
                symbol: concat!("pg_imatch_", $suffix),
                run: |row| is_match(row, Case::Insensitive, true),
            },
            Body {
                symbol: concat!("pg_not_imatch_", $suffix),
                run: |row| is_match(row, Case::Insensitive, false),
            },
        ]
    };
}

const MATCH: &[&[Body]] = &[&matches!("text"), &matches!("char"), &matches!("name")];

const ESCAPE: &[Body] = &[
    Body { symbol: "pg_like_escape_text", run: like_escape },
    Body {
        symbol: "pg_similar_to_escape_text",
        run: |row| like::similar_to_regular_expression(row.text(0)?, Some('\\')).map(Value::Text),
    },
    Body {
        symbol: "pg_similar_to_escape_text_text",
        run: |row| {
            let escape = like::escape_character(row.text(1)?)?;
            like::similar_to_regular_expression(row.text(0)?, escape).map(Value::Text)
        },
    },
];

/// The same pattern with a backslash for its escape character.
fn like_escape(row: &Arguments<'_>) -> Answer {
    let escape = like::escape_character(row.text(1)?)?;
    let mut out = String::new();
    let mut escaped = false;
    for character in row.text(0)?.chars() {
        match character {
            _ if escaped => {
                out.push('\\');
                out.push(character);
                escaped = false;
            }
            _ if Some(character) == escape => escaped = true,
            '\\' => out.push_str("\\\\"),
            _ => out.push(character),
        }
    }
    if escaped {
        out.push('\\');
    }
    Ok(Value::Text(out))
}
