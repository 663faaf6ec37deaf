//! Operators over json and jsonb, and what builds them.

use crate::operation::Operation;

pub(super) static OPERATIONS: &[Operation] = operations![
    Infix "->" (Json, Text) -> Json "pg_json_field";
    Infix "->" (Json, Int4) -> Json "pg_json_element";
    Infix "->>" (Json, Text) -> Text "pg_json_field_text";
    Infix "->>" (Json, Int4) -> Text "pg_json_element_text";
    Infix "#>" (Json, [Text]) -> Json "pg_json_path";
    Infix "#>>" (Json, [Text]) -> Text "pg_json_path_text";
    Infix "->" (Jsonb, Text) -> Jsonb "pg_jsonb_field" leakproof;
    Infix "->" (Jsonb, Int4) -> Jsonb "pg_jsonb_element" leakproof;
    Infix "->>" (Jsonb, Text) -> Text "pg_jsonb_field_text" leakproof;
    Infix "->>" (Jsonb, Int4) -> Text "pg_jsonb_element_text" leakproof;
    Infix "#>" (Jsonb, [Text]) -> Jsonb "pg_jsonb_path" leakproof;
    Infix "#>>" (Jsonb, [Text]) -> Text "pg_jsonb_path_text" leakproof;
    Infix "@>" (Jsonb, Jsonb) -> Bool "pg_jsonb_contains" leakproof;
    Infix "<@" (Jsonb, Jsonb) -> Bool "pg_jsonb_contained" leakproof;
    Infix "?" (Jsonb, Text) -> Bool "pg_jsonb_exists" leakproof;
    Infix "?|" (Jsonb, [Text]) -> Bool "pg_jsonb_exists_any" leakproof;
    Infix "?&" (Jsonb, [Text]) -> Bool "pg_jsonb_exists_all" leakproof;
    Infix "||" (Jsonb, Jsonb) -> Jsonb "pg_jsonb_concat";
    Infix "-" (Jsonb, Text) -> Jsonb "pg_jsonb_delete_text";
    Infix "-" (Jsonb, [Text]) -> Jsonb "pg_jsonb_delete_array";
    Infix "-" (Jsonb, Int4) -> Jsonb "pg_jsonb_delete_int4";
    Infix "#-" (Jsonb, [Text]) -> Jsonb "pg_jsonb_delete_path";
    Function "json_build_object" (any) -> Json "pg_json_build_object" stable lax variadic optional;
    Function "jsonb_build_object" (any) -> Jsonb "pg_jsonb_build_object" stable lax variadic optional;
    Function "json_build_array" (any) -> Json "pg_json_build_array" stable lax variadic optional;
    Function "jsonb_build_array" (any) -> Jsonb "pg_jsonb_build_array" stable lax variadic optional;
    // A row as an object, from names and values in turn; json without blanks, as `row_to_json` writes it.
    Function "json_row" (any) -> Json "pg_json_row" stable lax variadic optional internal;
    Function "jsonb_row" (any) -> Jsonb "pg_jsonb_row" stable lax variadic optional internal;
];
