//! PostgreSQL SQL text to bound, typed statements and catalog changes.
