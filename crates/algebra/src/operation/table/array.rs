//! Operators over arrays.

use crate::operation::Operation;

pub(super) static OPERATIONS: &[Operation] = operations![
    Infix "@>" (array, array) -> Bool "pg_array_contains";
    Infix "<@" (array, array) -> Bool "pg_array_contained";
    Infix "&&" (array, array) -> Bool "pg_array_overlap";
    Infix "||" (compatible_array, compatible_array) -> compatible_array "pg_array_cat" lax;
    Infix "||" (compatible_array, compatible) -> compatible_array "pg_array_append" lax;
    Infix "||" (compatible, compatible_array) -> compatible_array "pg_array_prepend" lax;
];
