//! Set-returning functions: one call, many rows.

use crate::operation::Operation;
use crate::types::Type;

pub(super) static OPERATIONS: &[Operation] = operations![
    SetReturning "generate_series" (Int4, Int4) -> Int4 "pg_generate_series_int4";
    SetReturning "generate_series" (Int4, Int4, Int4) -> Int4 "pg_generate_series_int4_step";
    SetReturning "generate_series" (Int8, Int8) -> Int8 "pg_generate_series_int8";
    SetReturning "generate_series" (Int8, Int8, Int8) -> Int8 "pg_generate_series_int8_step";
    SetReturning "generate_series" (Numeric, Numeric) -> Numeric "pg_generate_series_numeric";
    SetReturning "generate_series" (Numeric, Numeric, Numeric) -> Numeric "pg_generate_series_numeric_step";
    SetReturning "generate_series" (Timestamp, Timestamp, Interval) -> Timestamp "pg_generate_series_timestamp";
    SetReturning "generate_series" (TimestampTz, TimestampTz, Interval) -> TimestampTz
        "pg_generate_series_timestamptz" stable;
    SetReturning "unnest" (array) -> element "pg_unnest";
    SetReturning "json_array_elements" (Json) -> Json "pg_json_array_elements";
    SetReturning "jsonb_array_elements" (Jsonb) -> Jsonb "pg_jsonb_array_elements";
    SetReturning "json_array_elements_text" (Json) -> Text "pg_json_array_elements_text";
    SetReturning "jsonb_array_elements_text" (Jsonb) -> Text "pg_jsonb_array_elements_text";
    SetReturning "json_object_keys" (Json) -> Text "pg_json_object_keys";
    SetReturning "jsonb_object_keys" (Jsonb) -> Text "pg_jsonb_object_keys";
    SetReturning "json_each" (Json) -> Record "pg_json_each";
    SetReturning "jsonb_each" (Jsonb) -> Record "pg_jsonb_each";
    SetReturning "json_each_text" (Json) -> Record "pg_json_each_text";
    SetReturning "jsonb_each_text" (Jsonb) -> Record "pg_jsonb_each_text";
];

/// A symbol and the columns of its rows.
type Columns = (&'static str, &'static [(&'static str, Type)]);

/// The columns of those that give more than one; `json_array_elements` and its kin name their single column `value`.
pub(super) static COLUMNS: &[Columns] = &[
    ("pg_json_each", &[("key", Type::Text), ("value", Type::Json)]),
    ("pg_jsonb_each", &[("key", Type::Text), ("value", Type::Jsonb)]),
    ("pg_json_each_text", &[("key", Type::Text), ("value", Type::Text)]),
    ("pg_jsonb_each_text", &[("key", Type::Text), ("value", Type::Text)]),
    ("pg_json_array_elements", &[("value", Type::Json)]),
    ("pg_jsonb_array_elements", &[("value", Type::Jsonb)]),
    ("pg_json_array_elements_text", &[("value", Type::Text)]),
    ("pg_jsonb_array_elements_text", &[("value", Type::Text)]),
];
