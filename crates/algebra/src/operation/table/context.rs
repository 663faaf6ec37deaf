//! Facts about the caller and the moment: `auth.uid()`, `now()`, `current_user`.

use crate::operation::{Context, Form, Operation, Pattern, Volatility};
use crate::types::Type;

macro_rules! facts {
    ($($schema:literal $name:literal $symbol:literal => $ty:ident, $context:ident);+ $(;)?) => {
        &[$(Operation {
            schema: $schema,
            name: $name,
            form: Form::Function,
            arguments: &[],
            variadic: false,
            optional: 0,
            result: Pattern::Is(Type::$ty),
            volatility: Volatility::Stable,
            strict: false,
            leakproof: true,
            symbol: $symbol,
            context: Some(Context::$context),
        }),+]
    };
}

pub(super) static OPERATIONS: &[Operation] = facts![
    "auth" "uid" "auth_uid" => Uuid, UserId;
    "auth" "role" "auth_role" => Text, Role;
    "auth" "email" "auth_email" => Text, Email;
    "auth" "jwt" "auth_jwt" => Jsonb, Claims;
    "pg_catalog" "current_user" "pg_current_user" => Name, Role;
    "pg_catalog" "session_user" "pg_session_user" => Name, Role;
    "pg_catalog" "now" "pg_now" => TimestampTz, TransactionTime;
    "pg_catalog" "current_timestamp" "pg_current_timestamp" => TimestampTz, TransactionTime;
    "pg_catalog" "transaction_timestamp" "pg_transaction_timestamp" => TimestampTz, TransactionTime;
    "pg_catalog" "statement_timestamp" "pg_statement_timestamp" => TimestampTz, StatementTime;
    "pg_catalog" "current_date" "pg_current_date" => Date, Today;
];
