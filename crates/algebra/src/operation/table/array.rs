//! Operators over arrays.

use crate::operation::Operation;

pub(super) static OPERATIONS: &[Operation] = operations![
    Infix "@>" (array, array) -> Bool "pg_array_contains" leakproof;
    Infix "<@" (array, array) -> Bool "pg_array_contained" leakproof;
    Infix "&&" (array, array) -> Bool "pg_array_overlap" leakproof;
    Infix "||" (compatible_array, compatible_array) -> compatible_array "pg_array_cat" lax;
    Infix "||" (compatible_array, compatible) -> compatible_array "pg_array_append" lax;
    Infix "||" (compatible, compatible_array) -> compatible_array "pg_array_prepend" lax;
];
