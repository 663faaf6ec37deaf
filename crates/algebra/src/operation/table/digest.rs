//! Bytes and digests: PostgreSQL's own functions over `bytea`, and those of its extensions `pgcrypto` and `uuid-ossp`.

use crate::operation::Operation;

pub(super) static OPERATIONS: &[Operation] = operations![
    Function "sha256" (Bytea) -> Bytea "pg_sha256";
    Function "sha384" (Bytea) -> Bytea "pg_sha384";
    Function "sha512" (Bytea) -> Bytea "pg_sha512";
    Function "convert_to" (Text, Text) -> Bytea "pg_convert_to";
    Function "convert_from" (Bytea, Text) -> Text "pg_convert_from";
    Function "get_byte" (Bytea, Int4) -> Int4 "pg_get_byte";
    Function "substring" (Bytea, Int4) -> Bytea "pg_substring_bytea";
    Function "substring" (Bytea, Int4, Int4) -> Bytea "pg_substring_bytea_length";
    Function "position" (Bytea, Bytea) -> Int4 "pg_position_bytea" leakproof;
    Function "bit_length" (Bytea) -> Int4 "pg_bit_length_bytea" leakproof;
    Function "octet_length" (Char) -> Int4 "pg_octet_length_char" leakproof;
    Function "digest" (Text, Text) -> Bytea "pg_digest_text" extension;
    Function "digest" (Bytea, Text) -> Bytea "pg_digest_bytea" extension;
    Function "hmac" (Text, Text, Text) -> Bytea "pg_hmac_text" extension;
    Function "hmac" (Bytea, Bytea, Text) -> Bytea "pg_hmac_bytea" extension;
    Function "gen_random_bytes" (Int4) -> Bytea "pg_gen_random_bytes" volatile extension;
    Function "crypt" (Text, Text) -> Text "pg_crypt" extension;
    Function "gen_salt" (Text) -> Text "pg_gen_salt" volatile extension;
    Function "gen_salt" (Text, Int4) -> Text "pg_gen_salt_rounds" volatile extension;
    Function "uuid_generate_v4" () -> Uuid "pg_uuid_generate_v4" volatile extension;
    Function "uuid_nil" () -> Uuid "pg_uuid_nil" extension;
];
