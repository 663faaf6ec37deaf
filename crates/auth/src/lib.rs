//! Accounts and sessions: the GoTrue protocol.
