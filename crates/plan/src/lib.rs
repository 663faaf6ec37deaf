//! What a request asks, resolved against the catalog and built into a statement.
