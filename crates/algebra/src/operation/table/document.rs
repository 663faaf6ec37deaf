//! Functions over json and jsonb.

use crate::operation::Operation;

pub(super) static OPERATIONS: &[Operation] = operations![
    Function "to_json" (element) -> Json "pg_to_json" stable;
    Function "to_jsonb" (element) -> Jsonb "pg_to_jsonb" stable;
    Function "array_to_json" (array) -> Json "pg_array_to_json" stable;
    Function "json_typeof" (Json) -> Text "pg_json_typeof";
    Function "jsonb_typeof" (Jsonb) -> Text "pg_jsonb_typeof" leakproof;
    Function "json_array_length" (Json) -> Int4 "pg_json_array_length";
    Function "jsonb_array_length" (Jsonb) -> Int4 "pg_jsonb_array_length";
    Function "json_strip_nulls" (Json) -> Json "pg_json_strip_nulls";
    Function "jsonb_strip_nulls" (Jsonb) -> Jsonb "pg_jsonb_strip_nulls";
    Function "jsonb_pretty" (Jsonb) -> Text "pg_jsonb_pretty";
    Function "jsonb_set" (Jsonb, [Text], Jsonb, Bool) -> Jsonb "pg_jsonb_set" optional;
    Function "jsonb_insert" (Jsonb, [Text], Jsonb, Bool) -> Jsonb "pg_jsonb_insert" optional;
    Function "json_extract_path" (Json, Text) -> Json "pg_json_extract_path" variadic;
    Function "jsonb_extract_path" (Jsonb, Text) -> Jsonb "pg_jsonb_extract_path" variadic;
    Function "json_extract_path_text" (Json, Text) -> Text "pg_json_extract_path_text" variadic;
    Function "jsonb_extract_path_text" (Jsonb, Text) -> Text "pg_jsonb_extract_path_text" variadic;
    Function "json_object" ([Text]) -> Json "pg_json_object";
    Function "json_object" ([Text], [Text]) -> Json "pg_json_object_pairs";
    Function "jsonb_object" ([Text]) -> Jsonb "pg_jsonb_object";
    Function "jsonb_object" ([Text], [Text]) -> Jsonb "pg_jsonb_object_pairs";
];
