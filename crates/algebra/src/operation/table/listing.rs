//! Functions over arrays and enums.

use crate::operation::Operation;

pub(super) static OPERATIONS: &[Operation] = operations![
    Function "array_length" (array, Int4) -> Int4 "pg_array_length" leakproof;
    Function "array_upper" (array, Int4) -> Int4 "pg_array_upper";
    Function "array_lower" (array, Int4) -> Int4 "pg_array_lower";
    Function "array_ndims" (array) -> Int4 "pg_array_ndims" leakproof;
    Function "array_dims" (array) -> Text "pg_array_dims";
    Function "cardinality" (array) -> Int4 "pg_cardinality" leakproof;
    Function "array_append" (compatible_array, compatible) -> compatible_array "pg_append_to_array" lax;
    Function "array_prepend" (compatible, compatible_array) -> compatible_array "pg_prepend_to_array" lax;
    Function "array_cat" (compatible_array, compatible_array) -> compatible_array "pg_join_arrays" lax;
    Function "array_remove" (compatible_array, compatible) -> compatible_array "pg_array_remove" lax;
    Function "array_replace" (compatible_array, compatible, compatible) -> compatible_array "pg_array_replace" lax;
    Function "array_position" (compatible_array, compatible) -> Int4 "pg_array_position" lax;
    Function "array_position" (compatible_array, compatible, Int4) -> Int4 "pg_array_position_start" lax;
    Function "array_positions" (compatible_array, compatible) -> [Int4] "pg_array_positions" lax;
    Function "array_fill" (element, [Int4]) -> array "pg_array_fill" lax;
    Function "trim_array" (array, Int4) -> array "pg_trim_array";
    SetReturning "generate_subscripts" (array, Int4) -> Int4 "pg_generate_subscripts";
    Function "enum_range" (enumerated) -> array "pg_enum_range" stable lax;
    Function "enum_first" (enumerated) -> enumerated "pg_enum_first" stable lax;
    Function "enum_last" (enumerated) -> enumerated "pg_enum_last" stable lax;
    Function "num_nulls" (any) -> Int4 "pg_num_nulls" lax variadic;
    Function "num_nonnulls" (any) -> Int4 "pg_num_nonnulls" lax variadic;
    Function "quote_literal" (element) -> Text "pg_quote_literal_of" stable;
    Function "quote_nullable" (element) -> Text "pg_quote_nullable_of" stable lax;
];
