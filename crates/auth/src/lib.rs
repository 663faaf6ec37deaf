//! Accounts and sessions: the GoTrue protocol (spec/auth.md).
//!
//! Sign-up, sign-in by password, refresh, the user's own record, sign-out, administration. Everything it keeps goes through
//! `Session` as `Caller::System`, with the queries in `queries/`. **Must not:** name another surface or a driver, read a clock.

mod administration;
mod account;
mod bearer;
mod body;
mod confirmation;
mod email;
mod error;
mod failures;
mod hasher;
mod identity;
mod information;
mod metadata;
mod outbox;
mod password;
mod protocol;
mod queries;
mod record;
mod refresh;
mod routes;
mod sessions;
mod settings;
mod sign_in;
mod sign_up;
mod state;
mod users;
mod workers;

pub use error::AuthError;
pub use hasher::{Hasher, HasherSettings};
pub use outbox::{Mail, Outbox, OutboxError};
pub use routes::routes;
pub use settings::AuthSettings;
pub use state::{AuthState, RefreshKey};
pub use users::{NewAccount, create_account, list_accounts};

/// The schema of accounts as built-in migrations: (version and name, SQL).
pub const MIGRATIONS: &[(&str, &str)] = &[("0001_accounts", include_str!("../schema/0001_accounts.sql"))];
