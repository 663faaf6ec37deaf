-- The write connection. FULL: what was acknowledged survives a power loss.
pragma journal_mode = wal;
pragma synchronous = full;
pragma foreign_keys = on;
pragma journal_size_limit = 67108864;
pragma cache_size = -16384;
-- The reserved word for a boolean test of our own: nothing in the schema may call what is not marked as harmless.
pragma trusted_schema = off;
pragma cell_size_check = on;
