//! Expected results are PostgreSQL 15's: `cases.txt` holds `type|text|output|json` or `type|text|error`.

use std::sync::Arc;

use super::{Value, ValueError, from_json, input, output, write_json};
use crate::datetime::Timestamp;
use crate::json::{Json, Limits};
use crate::names::TypeName;
use crate::types::{EnumType, Modifier, Type};

fn type_of(name: &str) -> (Type, Modifier) {
    if let Some(element) = name.strip_suffix("[]") {
        let (element, modifier) = type_of(element);
        return (Type::array_of(element), modifier);
    }
    let (base, numbers) = name.split_once('(').unwrap_or((name, ""));
    let numbers: Vec<i16> =
        numbers.trim_end_matches(')').split(',').filter_map(|number| number.parse().ok()).collect();
    let type_ = match base {
        "boolean" => Type::Bool,
        "smallint" => Type::Int2,
        "integer" => Type::Int4,
        "bigint" => Type::Int8,
        "real" => Type::Float4,
        "double precision" => Type::Float8,
        "numeric" => Type::Numeric,
        "text" => Type::Text,
        "varchar" => Type::Varchar,
        "char" => Type::Char,
        "name" => Type::Name,
        "uuid" => Type::Uuid,
        "date" => Type::Date,
        "time" => Type::Time,
        "timetz" => Type::TimeTz,
        "timestamp" => Type::Timestamp,
        "timestamptz" => Type::TimestampTz,
        "interval" => Type::Interval,
        "json" => Type::Json,
        "jsonb" => Type::Jsonb,
        "bytea" => Type::Bytea,
        "inet" => Type::Inet,
        "cidr" => Type::Cidr,
        "macaddr" => Type::MacAddr,
        "mood" => mood(),
        other => panic!("{other}"),
    };
    let modifier = match (&type_, &numbers[..]) {
        (Type::Varchar | Type::Char, [length]) => Modifier::Length(length.unsigned_abs().into()),
        (Type::Numeric, [precision, scale]) => {
            Modifier::Precision { precision: precision.unsigned_abs(), scale: *scale }
        }
        (_, [digits]) => Modifier::Fraction(u8::try_from(*digits).expect("small")),
        _ => Modifier::None,
    };
    (type_, modifier)
}

fn mood() -> Type {
    let labels = ["sad", "ok", "happy"].map(str::to_owned).to_vec();
    Type::Enum(Arc::new(EnumType { name: TypeName::literal("public", "mood"), labels }))
}

fn json_of(value: &Value, type_: &Type) -> String {
    let mut out = Vec::new();
    write_json(value, type_, &mut out);
    String::from_utf8(out).expect("UTF-8")
}

fn shown(error: ValueError) -> String {
    let detail = error.detail.map(|detail| format!(" / {detail}")).unwrap_or_default();
    format!("{}: {}{detail}", error.sqlstate, error.message)
}

fn now() -> Timestamp {
    Timestamp::from_micros(1_767_225_600_000_000).expect("in range")
}

#[test]
fn input_output_and_json_are_those_of_postgresql() {
    let mut wrong = Vec::new();
    for line in include_str!("cases.txt").lines() {
        let [type_name, text, expected] = line.splitn(3, '|').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let (type_, modifier) = type_of(type_name);
        let found = match input(text, &type_, modifier, now()) {
            Ok(value) => format!("{}|{}", output(&value, &type_), json_of(&value, &type_)),
            Err(error) => shown(error),
        };
        if found != expected {
            wrong.push(format!("{line}\n    found {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn output_reads_back_as_the_same_value() {
    for line in include_str!("cases.txt").lines() {
        let [type_name, text, _] = line.splitn(3, '|').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let (type_, modifier) = type_of(type_name);
        let Ok(value) = input(text, &type_, modifier, now()) else { continue };
        assert_eq!(input(&output(&value, &type_), &type_, modifier, now()).as_ref(), Ok(&value), "{line}");
        let json = json_of(&value, &type_);
        let json = Json::parse_text(&json, Limits::REQUEST).expect("what is written is JSON");
        // A `json` as given has its white space around it, which is no part of the JSON value.
        if !json.is_null() && type_ != Type::Json {
            assert_eq!(from_json(json, &type_, modifier, now()), Ok(value), "{line}");
        }
    }
}
