//! Tables: columns, keys, constraints, indexes, row policies.
//!
//! Expressions that a table owns name its row as [`RelationId::SELF`](algebra::expression::RelationId::SELF).

use algebra::expression::Expr;
use algebra::names::{ColumnName, ConstraintName, LocalName, PolicyName, RoleName, SequenceName, TableName};
use algebra::types::ColumnType;

use crate::privilege::Grants;

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub name: TableName,
    pub columns: Vec<Column>,
    pub primary_key: Option<Key>,
    pub uniques: Vec<Key>,
    pub checks: Vec<Check>,
    pub foreign_keys: Vec<ForeignKey>,
    pub indexes: Vec<Index>,
    pub policies: Vec<Policy>,
    /// `enable row level security`.
    pub row_security: bool,
    /// `force row level security`: the owner too.
    pub row_security_forced: bool,
    pub grants: Grants,
    pub comment: Option<String>,
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub name: ColumnName,
    pub ty: ColumnType,
    pub not_null: bool,
    /// Its default, already cast to the column's type; `nextval` for serials and identities.
    pub default: Option<Expr>,
    /// `generated always as (…) stored`, over the row itself.
    pub generated: Option<Expr>,
    pub identity: Option<Identity>,
    /// The domain the column was declared with; `ty` is its base type.
    pub domain: Option<algebra::names::TypeName>,
    pub comment: Option<String>,
}

/// `generated always|by default as identity`, and the sequence behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub always: bool,
    pub sequence: SequenceName,
}

/// A primary key or unique constraint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    pub name: ConstraintName,
    pub columns: Vec<ColumnName>,
    /// `unique nulls not distinct`.
    pub nulls_not_distinct: bool,
    pub deferrable: bool,
    pub initially_deferred: bool,
}

/// A check constraint.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    pub name: ConstraintName,
    pub condition: Expr,
}

/// A foreign key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignKey {
    pub name: ConstraintName,
    pub columns: Vec<ColumnName>,
    pub table: TableName,
    /// The referenced columns, always filled in.
    pub referenced: Vec<ColumnName>,
    pub on_delete: ReferentialAction,
    pub on_update: ReferentialAction,
    pub deferrable: bool,
    pub initially_deferred: bool,
}

/// What happens to referencing rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ReferentialAction {
    #[default]
    NoAction,
    Restrict,
    Cascade,
    SetNull,
    SetDefault,
}

/// An index that is not a constraint's.
#[derive(Debug, Clone, PartialEq)]
pub struct Index {
    pub name: LocalName,
    pub unique: bool,
    pub nulls_not_distinct: bool,
    /// `btree`, `gin`, `gist`, `hash`, `brin`.
    pub method: String,
    pub terms: Vec<IndexTerm>,
    pub include: Vec<ColumnName>,
    pub predicate: Option<Expr>,
}

/// One key of an index.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexTerm {
    pub key: IndexKey,
    pub descending: bool,
    pub nulls_first: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub enum IndexKey {
    Column(ColumnName),
    Expression(Expr),
}

/// A row policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Policy {
    pub name: PolicyName,
    pub permissive: bool,
    pub command: PolicyCommand,
    /// The roles it is for; empty means `public`, everyone.
    pub roles: Vec<RoleName>,
    /// Which existing rows: over the row itself; `None` is not restricted by this policy's `using`.
    pub using: Option<Expr>,
    /// Which new rows; when `None`, `using` serves.
    pub check: Option<Expr>,
}

/// The command a policy is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyCommand {
    All,
    Select,
    Insert,
    Update,
    Delete,
}

impl Table {
    /// An empty table without columns, keys or grants.
    #[must_use]
    pub fn new(name: TableName) -> Self {
        Self {
            name,
            columns: Vec::new(),
            primary_key: None,
            uniques: Vec::new(),
            checks: Vec::new(),
            foreign_keys: Vec::new(),
            indexes: Vec::new(),
            policies: Vec::new(),
            row_security: false,
            row_security_forced: false,
            grants: Grants::default(),
            comment: None,
        }
    }

    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name.as_str() == name)
    }

    #[must_use]
    pub fn column_mut(&mut self, name: &str) -> Option<&mut Column> {
        self.columns.iter_mut().find(|column| column.name.as_str() == name)
    }

    /// The names of the key's columns, empty without a primary key.
    #[must_use]
    pub fn key_columns(&self) -> &[ColumnName] {
        self.primary_key.as_ref().map_or(&[], |key| &key.columns)
    }

    /// Whether exactly these columns (in any order) are the primary key or a unique constraint or a plain unique index.
    #[must_use]
    pub fn is_unique(&self, columns: &[ColumnName]) -> bool {
        let same = |key: &[ColumnName]| key.len() == columns.len() && columns.iter().all(|c| key.contains(c));
        self.primary_key.iter().chain(&self.uniques).any(|key| same(&key.columns))
            || self.indexes.iter().any(|index| index.plain_unique_columns().is_some_and(|key| same(&key)))
    }

    /// All names of constraints, to find a free one.
    pub fn constraint_names(&self) -> impl Iterator<Item = &ConstraintName> {
        let keys = self.primary_key.iter().chain(&self.uniques).map(|key| &key.name);
        keys.chain(self.checks.iter().map(|check| &check.name))
            .chain(self.foreign_keys.iter().map(|key| &key.name))
    }
}

impl Index {
    /// The columns of a unique index over plain columns without a predicate.
    #[must_use]
    pub fn plain_unique_columns(&self) -> Option<Vec<ColumnName>> {
        if !self.unique || self.predicate.is_some() {
            return None;
        }
        self.terms
            .iter()
            .map(|term| match &term.key {
                IndexKey::Column(column) => Some(column.clone()),
                IndexKey::Expression(_) => None,
            })
            .collect()
    }
}
