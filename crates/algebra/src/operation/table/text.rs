//! Operators over text: concatenation, `like`, regular expressions. `char` has entries of its own where padding counts.

use crate::operation::Operation;

pub(super) static OPERATIONS: &[Operation] = operations![
    Infix "||" (Text, Text) -> Text "pg_concat_text";
    // The other side is brought to text by its output function.
    Infix "||" (Text, plain) -> Text "pg_concat_text_any" stable;
    Infix "||" (plain, Text) -> Text "pg_concat_any_text" stable;
    Infix "||" (Bytea, Bytea) -> Bytea "pg_concat_bytea";
    Infix "~~" (Text, Text) -> Bool "pg_like_text";
    Infix "!~~" (Text, Text) -> Bool "pg_not_like_text";
    Infix "~~*" (Text, Text) -> Bool "pg_ilike_text";
    Infix "!~~*" (Text, Text) -> Bool "pg_not_ilike_text";
    Infix "~~" (Char, Text) -> Bool "pg_like_char";
    Infix "!~~" (Char, Text) -> Bool "pg_not_like_char";
    Infix "~~*" (Char, Text) -> Bool "pg_ilike_char";
    Infix "!~~*" (Char, Text) -> Bool "pg_not_ilike_char";
    Infix "~~" (Name, Text) -> Bool "pg_like_name";
    Infix "!~~" (Name, Text) -> Bool "pg_not_like_name";
    Infix "~~*" (Name, Text) -> Bool "pg_ilike_name";
    Infix "!~~*" (Name, Text) -> Bool "pg_not_ilike_name";
    Infix "~~" (Citext, Citext) -> Bool "pg_like_citext";
    Infix "!~~" (Citext, Citext) -> Bool "pg_not_like_citext";
    Infix "~~*" (Citext, Citext) -> Bool "pg_ilike_citext";
    Infix "!~~*" (Citext, Citext) -> Bool "pg_not_ilike_citext";
    Infix "~~" (Citext, Text) -> Bool "pg_like_citext_text";
    Infix "!~~" (Citext, Text) -> Bool "pg_not_like_citext_text";
    Infix "~~*" (Citext, Text) -> Bool "pg_ilike_citext_text";
    Infix "!~~*" (Citext, Text) -> Bool "pg_not_ilike_citext_text";
    Infix "~" (Text, Text) -> Bool "pg_match_text";
    Infix "!~" (Text, Text) -> Bool "pg_not_match_text";
    Infix "~*" (Text, Text) -> Bool "pg_imatch_text";
    Infix "!~*" (Text, Text) -> Bool "pg_not_imatch_text";
    Infix "~" (Char, Text) -> Bool "pg_match_char";
    Infix "!~" (Char, Text) -> Bool "pg_not_match_char";
    Infix "~*" (Char, Text) -> Bool "pg_imatch_char";
    Infix "!~*" (Char, Text) -> Bool "pg_not_imatch_char";
    Infix "~" (Name, Text) -> Bool "pg_match_name";
    Infix "!~" (Name, Text) -> Bool "pg_not_match_name";
    Infix "~*" (Name, Text) -> Bool "pg_imatch_name";
    Infix "!~*" (Name, Text) -> Bool "pg_not_imatch_name";
    Infix "^@" (Text, Text) -> Bool "pg_prefixed_text" leakproof;
    Function "like_escape" (Text, Text) -> Text "pg_like_escape_text";
    Function "similar_to_escape" (Text) -> Text "pg_similar_to_escape_text";
    Function "similar_to_escape" (Text, Text) -> Text "pg_similar_to_escape_text_text";
];
