//! PostgreSQL 15's keywords and what each may still name.
//! The table is what `pg_get_keywords()` of that version answers.
//!
//! **Must not:** hold a word that PostgreSQL 15 does not treat as a keyword.

/// What a keyword may name besides itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeywordClass {
    /// Anything.
    Unreserved,
    /// A column or table, not a function or type.
    ColumnName,
    /// A function or type, not a column.
    TypeOrFunction,
    /// Nothing without quotes.
    Reserved,
}

/// The class of a folded word, or `None` when it is no keyword.
pub(crate) fn class(word: &str) -> Option<KeywordClass> {
    let is_in = |table: &[&str]| table.binary_search(&word).is_ok();
    if is_in(UNRESERVED) {
        Some(KeywordClass::Unreserved)
    } else if is_in(RESERVED) {
        Some(KeywordClass::Reserved)
    } else if is_in(COLUMN_NAMES) {
        Some(KeywordClass::ColumnName)
    } else if is_in(TYPE_OR_FUNCTION) {
        Some(KeywordClass::TypeOrFunction)
    } else {
        None
    }
}

/// Whether a keyword may name a column of a select list without `as`.
pub(crate) fn is_bare_label(word: &str) -> bool {
    NEEDS_AS.binary_search(&word).is_err()
}

#[rustfmt::skip]
const UNRESERVED: &[&str] = &[
    "abort", "absolute", "access", "action", "add", "admin", "after", "aggregate", "also", "alter",
    "always", "asensitive", "assertion", "assignment", "at", "atomic", "attach", "attribute", "backward",
    "before", "begin", "breadth", "by", "cache", "call", "called", "cascade", "cascaded", "catalog",
    "chain", "characteristics", "checkpoint", "class", "close", "cluster", "columns", "comment",
    "comments", "commit", "committed", "compression", "configuration", "conflict", "connection",
    "constraints", "content", "continue", "conversion", "copy", "cost", "csv", "cube", "current",
    "cursor", "cycle", "data", "database", "day", "deallocate", "declare", "defaults", "deferred",
    "definer", "delete", "delimiter", "delimiters", "depends", "depth", "detach", "dictionary", "disable",
    "discard", "document", "domain", "double", "drop", "each", "enable", "encoding", "encrypted", "enum",
    "escape", "event", "exclude", "excluding", "exclusive", "execute", "explain", "expression",
    "extension", "external", "family", "filter", "finalize", "first", "following", "force", "forward",
    "function", "functions", "generated", "global", "granted", "groups", "handler", "header", "hold",
    "hour", "identity", "if", "immediate", "immutable", "implicit", "import", "include", "including",
    "increment", "index", "indexes", "inherit", "inherits", "inline", "input", "insensitive", "insert",
    "instead", "invoker", "isolation", "key", "label", "language", "large", "last", "leakproof", "level",
    "listen", "load", "local", "location", "lock", "locked", "logged", "mapping", "match", "matched",
    "materialized", "maxvalue", "merge", "method", "minute", "minvalue", "mode", "month", "move", "name",
    "names", "new", "next", "nfc", "nfd", "nfkc", "nfkd", "no", "normalized", "nothing", "notify",
    "nowait", "nulls", "object", "of", "off", "oids", "old", "operator", "option", "options",
    "ordinality", "others", "over", "overriding", "owned", "owner", "parallel", "parameter", "parser",
    "partial", "partition", "passing", "password", "plans", "policy", "preceding", "prepare", "prepared",
    "preserve", "prior", "privileges", "procedural", "procedure", "procedures", "program", "publication",
    "quote", "range", "read", "reassign", "recheck", "recursive", "ref", "referencing", "refresh",
    "reindex", "relative", "release", "rename", "repeatable", "replace", "replica", "reset", "restart",
    "restrict", "return", "returns", "revoke", "role", "rollback", "rollup", "routine", "routines",
    "rows", "rule", "savepoint", "schema", "schemas", "scroll", "search", "second", "security",
    "sequence", "sequences", "serializable", "server", "session", "set", "sets", "share", "show",
    "simple", "skip", "snapshot", "sql", "stable", "standalone", "start", "statement", "statistics",
    "stdin", "stdout", "storage", "stored", "strict", "strip", "subscription", "support", "sysid",
    "system", "tables", "tablespace", "temp", "template", "temporary", "text", "ties", "transaction",
    "transform", "trigger", "truncate", "trusted", "type", "types", "uescape", "unbounded", "uncommitted",
    "unencrypted", "unknown", "unlisten", "unlogged", "until", "update", "vacuum", "valid", "validate",
    "validator", "value", "varying", "version", "view", "views", "volatile", "whitespace", "within",
    "without", "work", "wrapper", "write", "xml", "year", "yes", "zone",
];

#[rustfmt::skip]
const COLUMN_NAMES: &[&str] = &[
    "between", "bigint", "bit", "boolean", "char", "character", "coalesce", "dec", "decimal", "exists",
    "extract", "float", "greatest", "grouping", "inout", "int", "integer", "interval", "least",
    "national", "nchar", "none", "normalize", "nullif", "numeric", "out", "overlay", "position",
    "precision", "real", "row", "setof", "smallint", "substring", "time", "timestamp", "treat", "trim",
    "values", "varchar", "xmlattributes", "xmlconcat", "xmlelement", "xmlexists", "xmlforest",
    "xmlnamespaces", "xmlparse", "xmlpi", "xmlroot", "xmlserialize", "xmltable",
];

#[rustfmt::skip]
const TYPE_OR_FUNCTION: &[&str] = &[
    "authorization", "binary", "collation", "concurrently", "cross", "current_schema", "freeze", "full",
    "ilike", "inner", "is", "isnull", "join", "left", "like", "natural", "notnull", "outer", "overlaps",
    "right", "similar", "tablesample", "verbose",
];

#[rustfmt::skip]
const RESERVED: &[&str] = &[
    "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "both", "case", "cast",
    "check", "collate", "column", "constraint", "create", "current_catalog", "current_date",
    "current_role", "current_time", "current_timestamp", "current_user", "default", "deferrable", "desc",
    "distinct", "do", "else", "end", "except", "false", "fetch", "for", "foreign", "from", "grant",
    "group", "having", "in", "initially", "intersect", "into", "lateral", "leading", "limit", "localtime",
    "localtimestamp", "not", "null", "offset", "on", "only", "or", "order", "placing", "primary",
    "references", "returning", "select", "session_user", "some", "symmetric", "table", "then", "to",
    "trailing", "true", "union", "unique", "user", "using", "variadic", "when", "where", "window", "with",
];

#[rustfmt::skip]
const NEEDS_AS: &[&str] = &[
    "array", "as", "char", "character", "create", "day", "except", "fetch", "filter", "for", "from",
    "grant", "group", "having", "hour", "intersect", "into", "isnull", "limit", "minute", "month",
    "notnull", "offset", "on", "order", "over", "overlaps", "precision", "returning", "second", "to",
    "union", "varying", "where", "window", "with", "within", "without", "year",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_for_the_search() {
        for table in [UNRESERVED, COLUMN_NAMES, TYPE_OR_FUNCTION, RESERVED, NEEDS_AS] {
            assert!(table.is_sorted());
        }
    }

    #[test]
    fn words_have_the_classes_of_postgresql_15() {
        assert_eq!(class("name"), Some(KeywordClass::Unreserved));
        assert_eq!(class("values"), Some(KeywordClass::ColumnName));
        assert_eq!(class("left"), Some(KeywordClass::TypeOrFunction));
        assert_eq!(class("user"), Some(KeywordClass::Reserved));
        assert_eq!(class("json_object"), None);
        assert!(!is_bare_label("over") && is_bare_label("select"));
    }
}
