//! Which operator a pair of types means, as PostgreSQL answers.

use super::{Unresolved, operator};
use crate::types::Type;

fn check(left: Type, name: &str, right: Type, expected: &str) {
    let text = match operator(name, &[left, right]) {
        Ok(found) => {
            let arguments: Vec<_> = found.arguments.iter().map(Type::name).collect();
            format!("{}({}) {}", found.operation.symbol, arguments.join(", "), found.result.name())
        }
        Err(Unresolved::Missing) => "missing".to_owned(),
        Err(Unresolved::Ambiguous) => "ambiguous".to_owned(),
        Err(other) => format!("{other:?}"),
    };
    assert_eq!(text, expected);
}

#[test]
fn arithmetic_takes_the_overload_that_postgresql_takes() {
    check(Type::Int4, "+", Type::Int4, "pg_add_int4(integer, integer) integer");
    check(Type::Int4, "+", Type::Int8, "pg_add_int8(bigint, bigint) bigint");
    check(Type::Int4, "+", Type::Numeric, "pg_add_numeric(numeric, numeric) numeric");
    check(
        Type::Int4,
        "+",
        Type::Float4,
        "pg_add_float8(double precision, double precision) double precision",
    );
    check(Type::Int4, "+", Type::Unknown, "pg_add_int4(integer, integer) integer");
    check(Type::Unknown, "+", Type::Unknown, "ambiguous");
    check(Type::Text, "+", Type::Int4, "missing");
    check(Type::Date, "+", Type::Int2, "pg_add_date_int4(date, integer) date");
    check(Type::Date, "-", Type::Date, "pg_sub_date(date, date) integer");
    check(Type::Date, "-", Type::Unknown, "pg_sub_date(date, date) integer");
    check(
        Type::TimestampTz,
        "+",
        Type::Unknown,
        "pg_add_timestamptz_interval(timestamp with time zone, interval) timestamp with time zone",
    );
    check(Type::Int4, "*", Type::Interval, "pg_mul_float8_interval(double precision, interval) interval");
}

#[test]
fn comparison_brings_both_sides_to_one_type() {
    check(Type::Varchar, "=", Type::Unknown, "pg_eq(text, text) boolean");
    check(Type::Uuid, "=", Type::Unknown, "pg_eq(uuid, uuid) boolean");
    check(Type::Uuid, "=", Type::Text, "missing");
    check(Type::Text, "=", Type::Int4, "missing");
    check(Type::Json, "=", Type::Json, "missing");
    check(
        Type::Date,
        "<",
        Type::TimestampTz,
        "pg_lt(timestamp with time zone, timestamp with time zone) boolean",
    );
    check(Type::Unknown, "=", Type::Unknown, "pg_eq(text, text) boolean");
    check(Type::array_of(Type::Int4), "=", Type::Unknown, "pg_eq(integer[], integer[]) boolean");
    check(Type::array_of(Type::Int4), "=", Type::array_of(Type::Text), "missing");
    check(Type::Citext, "=", Type::Text, "pg_eq(text, text) boolean");
    check(Type::Citext, "=", Type::Unknown, "pg_eq(citext, citext) boolean");
    check(Type::Char, "=", Type::Unknown, "pg_eq(character, character) boolean");
}

#[test]
fn concatenation_and_json_arrows() {
    check(Type::Text, "||", Type::Int4, "pg_concat_text_any(text, integer) text");
    check(Type::Int4, "||", Type::Int4, "missing");
    check(Type::Unknown, "||", Type::Unknown, "pg_concat_text(text, text) text");
    check(Type::Varchar, "||", Type::Unknown, "pg_concat_text(text, text) text");
    check(Type::Jsonb, "||", Type::Unknown, "pg_jsonb_concat(jsonb, jsonb) jsonb");
    check(Type::array_of(Type::Int4), "||", Type::Int4, "pg_array_append(integer[], integer) integer[]");
    check(Type::array_of(Type::Int4), "||", Type::Unknown, "pg_array_cat(integer[], integer[]) integer[]");
    check(Type::Jsonb, "->", Type::Unknown, "pg_jsonb_field(jsonb, text) jsonb");
    check(Type::Jsonb, "->>", Type::Int4, "pg_jsonb_element_text(jsonb, integer) text");
    check(Type::Jsonb, "-", Type::Unknown, "pg_jsonb_delete_text(jsonb, text) jsonb");
    check(Type::Jsonb, "@>", Type::Unknown, "pg_jsonb_contains(jsonb, jsonb) boolean");
    check(Type::array_of(Type::Text), "&&", Type::Unknown, "pg_array_overlap(text[], text[]) boolean");
    check(Type::Varchar, "~~", Type::Unknown, "pg_like_text(text, text) boolean");
}
