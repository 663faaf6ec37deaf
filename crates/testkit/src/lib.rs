//! Starting real servers and databases for tests, and running cases.
//!
//! Everything here speaks to the product as a user does: its binary, its sockets, its files.
//! **Must not:** depend on a crate of the product, so that no test shares a mistake with what it tests.
#![expect(
    clippy::disallowed_methods,
    reason = "tests start programs, wait for them and read their own environment"
)]

pub mod http;
pub mod json;
pub mod token;
pub mod project;
pub mod server;
pub mod postgres;
pub mod sqlite;
pub mod case;
pub mod suite;
