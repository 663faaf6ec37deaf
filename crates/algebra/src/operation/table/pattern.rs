//! Functions over regular expressions, and text taken apart by separators.

use crate::operation::Operation;

pub(super) static OPERATIONS: &[Operation] = operations![
    Function "substring" (Text, Text) -> Text "pg_substring_pattern";
    Function "substring" (Text, Text, Text) -> Text "pg_substring_similar";
    Function "regexp_match" (Text, Text) -> [Text] "pg_regexp_match";
    Function "regexp_match" (Text, Text, Text) -> [Text] "pg_regexp_match_flags";
    SetReturning "regexp_matches" (Text, Text) -> [Text] "pg_regexp_matches";
    SetReturning "regexp_matches" (Text, Text, Text) -> [Text] "pg_regexp_matches_flags";
    Function "regexp_like" (Text, Text) -> Bool "pg_regexp_like";
    Function "regexp_like" (Text, Text, Text) -> Bool "pg_regexp_like_flags";
    Function "regexp_count" (Text, Text) -> Int4 "pg_regexp_count";
    Function "regexp_count" (Text, Text, Int4) -> Int4 "pg_regexp_count_start";
    Function "regexp_count" (Text, Text, Int4, Text) -> Int4 "pg_regexp_count_flags";
    Function "regexp_instr" (Text, Text) -> Int4 "pg_regexp_instr";
    Function "regexp_instr" (Text, Text, Int4) -> Int4 "pg_regexp_instr_start";
    Function "regexp_instr" (Text, Text, Int4, Int4) -> Int4 "pg_regexp_instr_number";
    Function "regexp_instr" (Text, Text, Int4, Int4, Int4) -> Int4 "pg_regexp_instr_end";
    Function "regexp_instr" (Text, Text, Int4, Int4, Int4, Text) -> Int4 "pg_regexp_instr_flags";
    Function "regexp_instr" (Text, Text, Int4, Int4, Int4, Text, Int4) -> Int4 "pg_regexp_instr_group";
    Function "regexp_substr" (Text, Text) -> Text "pg_regexp_substr";
    Function "regexp_substr" (Text, Text, Int4) -> Text "pg_regexp_substr_start";
    Function "regexp_substr" (Text, Text, Int4, Int4) -> Text "pg_regexp_substr_number";
    Function "regexp_substr" (Text, Text, Int4, Int4, Text) -> Text "pg_regexp_substr_flags";
    Function "regexp_substr" (Text, Text, Int4, Int4, Text, Int4) -> Text "pg_regexp_substr_group";
    Function "regexp_replace" (Text, Text, Text) -> Text "pg_regexp_replace";
    Function "regexp_replace" (Text, Text, Text, Text) -> Text "pg_regexp_replace_flags";
    Function "regexp_replace" (Text, Text, Text, Int4) -> Text "pg_regexp_replace_start";
    Function "regexp_replace" (Text, Text, Text, Int4, Int4) -> Text "pg_regexp_replace_number";
    Function "regexp_replace" (Text, Text, Text, Int4, Int4, Text) -> Text "pg_regexp_replace_number_flags";
    Function "regexp_split_to_array" (Text, Text) -> [Text] "pg_regexp_split_to_array";
    Function "regexp_split_to_array" (Text, Text, Text) -> [Text] "pg_regexp_split_to_array_flags";
    SetReturning "regexp_split_to_table" (Text, Text) -> Text "pg_regexp_split_to_table";
    SetReturning "regexp_split_to_table" (Text, Text, Text) -> Text "pg_regexp_split_to_table_flags";
    Function "string_to_array" (Text, Text) -> [Text] "pg_string_to_array" lax;
    Function "string_to_array" (Text, Text, Text) -> [Text] "pg_string_to_array_null" lax;
    SetReturning "string_to_table" (Text, Text) -> Text "pg_string_to_table" lax;
    SetReturning "string_to_table" (Text, Text, Text) -> Text "pg_string_to_table_null" lax;
    Function "array_to_string" (array, Text) -> Text "pg_array_to_string" stable;
    Function "array_to_string" (array, Text, Text) -> Text "pg_array_to_string_null" stable lax;
];
