//! What a database looks like: tables, keys, relationships, views, policies, grants.
