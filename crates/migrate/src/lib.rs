//! Migration files, the ledger, checks, lints and seeds.
