//! The catalog itself and how things are found in it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use algebra::expression::{Expr, Node};
use algebra::names::{ColumnName, QualifiedName, RoleName, SchemaName, SequenceName, TableName, TypeName};
use algebra::query::{Body, Query, RelationSource, Source};
use algebra::types::{ColumnType, EnumType, Type};
use indexmap::IndexMap;

use crate::privilege::{Grant, Grantee, Grants, PrivilegeSet};
use crate::table::{Check, Table};

/// What a database looks like at one moment. Cheap to clone: what it holds is shared.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Catalog {
    pub(crate) schemas: BTreeSet<SchemaName>,
    pub(crate) tables: IndexMap<TableName, Arc<Table>>,
    pub(crate) views: IndexMap<TableName, Arc<View>>,
    pub(crate) enums: BTreeMap<TypeName, Arc<EnumType>>,
    pub(crate) domains: BTreeMap<TypeName, Arc<Domain>>,
    pub(crate) sequences: BTreeMap<SequenceName, Arc<Sequence>>,
    pub(crate) roles: BTreeMap<RoleName, BTreeSet<RoleName>>,
    pub(crate) extensions: BTreeSet<String>,
    /// What a new table or view grants, by its schema; `None` holds in every schema.
    pub(crate) default_grants: BTreeMap<Option<SchemaName>, Grants>,
    /// Counts the changes, so that what was rendered for an older catalog is not used for a newer one.
    pub(crate) version: u64,
}

/// A view.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub name: TableName,
    pub columns: Vec<(ColumnName, Type)>,
    pub query: Query,
    /// `Some(false)` only when the author wrote it: the view then reads as its owner, past row policies.
    pub security_invoker: Option<bool>,
    pub materialized: bool,
    pub grants: Grants,
    pub comment: Option<String>,
    pub column_comments: BTreeMap<ColumnName, String>,
}

/// A domain: a base type with checks. In `checks` and `default` the value is column `value` of the row itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Domain {
    pub name: TypeName,
    pub base: ColumnType,
    pub not_null: bool,
    pub default: Option<Expr>,
    pub checks: Vec<Check>,
}

/// A sequence, and the column that owns it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequence {
    pub name: SequenceName,
    pub options: SequenceOptions,
    pub owner: Option<(TableName, ColumnName)>,
}

/// `create sequence … increment by … start with …`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SequenceOptions {
    pub start: i64,
    pub increment: i64,
    pub min: i64,
    pub max: i64,
    pub cycle: bool,
}

impl Default for SequenceOptions {
    fn default() -> Self {
        Self { start: 1, increment: 1, min: 1, max: i64::MAX, cycle: false }
    }
}

impl Catalog {
    /// An empty database as Mainstay prepares it: schemas `public`, `auth`, `storage`, `extensions`; roles `anon`,
    /// `authenticated`, `service_role`, to which everything new in `public` is granted.
    #[must_use]
    pub fn prepared() -> Self {
        let mut catalog = Self::default();
        catalog.schemas.extend(["public", "auth", "storage", "extensions"].map(SchemaName::literal));
        let roles = ["anon", "authenticated", "service_role"].map(RoleName::literal);
        let mut granted = Grants::default();
        granted.apply(&Grant {
            privileges: PrivilegeSet::all_on_table(),
            columns: Vec::new(),
            grantees: roles.iter().cloned().map(Grantee::Role).collect(),
            revoke: false,
        });
        catalog.default_grants.insert(Some(SchemaName::literal("public")), granted);
        catalog.roles.extend(roles.map(|role| (role, BTreeSet::new())));
        catalog
    }

    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    #[must_use]
    pub fn has_schema(&self, name: &SchemaName) -> bool {
        self.schemas.contains(name)
    }

    pub fn schemas(&self) -> impl Iterator<Item = &SchemaName> {
        self.schemas.iter()
    }

    #[must_use]
    pub fn table(&self, name: &TableName) -> Option<&Arc<Table>> {
        self.tables.get(name)
    }

    /// All tables in the order they were made.
    pub fn tables(&self) -> impl Iterator<Item = &Arc<Table>> {
        self.tables.values()
    }

    #[must_use]
    pub fn view(&self, name: &TableName) -> Option<&Arc<View>> {
        self.views.get(name)
    }

    pub fn views(&self) -> impl Iterator<Item = &Arc<View>> {
        self.views.values()
    }

    #[must_use]
    pub fn enum_type(&self, name: &TypeName) -> Option<&Arc<EnumType>> {
        self.enums.get(name)
    }

    pub fn enum_types(&self) -> impl Iterator<Item = &Arc<EnumType>> {
        self.enums.values()
    }

    #[must_use]
    pub fn domain(&self, name: &TypeName) -> Option<&Arc<Domain>> {
        self.domains.get(name)
    }

    #[must_use]
    pub fn sequence(&self, name: &SequenceName) -> Option<&Arc<Sequence>> {
        self.sequences.get(name)
    }

    pub fn sequences(&self) -> impl Iterator<Item = &Arc<Sequence>> {
        self.sequences.values()
    }

    #[must_use]
    pub fn has_role(&self, role: &RoleName) -> bool {
        self.roles.contains_key(role)
    }

    /// What a new table or view in this schema grants.
    #[must_use]
    pub fn default_grants(&self, schema: &SchemaName) -> Grants {
        let everywhere = self.default_grants.get(&None).cloned().unwrap_or_default();
        match self.default_grants.get(&Some(schema.clone())) {
            Some(own) => everywhere.and(own),
            None => everywhere,
        }
    }

    #[must_use]
    pub fn has_extension(&self, name: &str) -> bool {
        self.extensions.contains(name)
    }

    /// A role and every role it is a member of, directly or not. A role that does not exist is alone.
    #[must_use]
    pub fn memberships(&self, role: &RoleName) -> Vec<RoleName> {
        let mut found = vec![role.clone()];
        let mut next = 0;
        while let Some(current) = found.get(next).cloned() {
            for parent in self.roles.get(&current).into_iter().flatten() {
                if !found.contains(parent) {
                    found.push(parent.clone());
                }
            }
            next += 1;
        }
        found
    }

    /// Names and types of a table's or view's columns, `None` when there is no such relation.
    #[must_use]
    pub fn columns(&self, relation: &TableName) -> Option<Vec<(ColumnName, Type)>> {
        if let Some(table) = self.table(relation) {
            return Some(table.columns.iter().map(|c| (c.name.clone(), c.ty.base.clone())).collect());
        }
        self.view(relation).map(|view| view.columns.clone())
    }

    /// The grants on a table or view.
    #[must_use]
    pub fn grants(&self, relation: &TableName) -> Option<&Grants> {
        self.table(relation)
            .map(|table| &table.grants)
            .or_else(|| self.view(relation).map(|view| &view.grants))
    }

    /// Whether a name is taken by a table, view, sequence or index (they share one space in PostgreSQL).
    #[must_use]
    pub fn has_relation(&self, name: &QualifiedName) -> bool {
        self.tables.contains_key(name)
            || self.views.contains_key(name)
            || self.sequences.contains_key(name)
            || self.index_table(name).is_some()
    }

    /// The table that has the index of this name.
    #[must_use]
    pub fn index_table(&self, index: &QualifiedName) -> Option<&Arc<Table>> {
        self.tables.values().find(|table| {
            table.name.schema == index.schema
                && (table.indexes.iter().any(|i| i.name == index.name)
                    || table
                        .primary_key
                        .iter()
                        .chain(&table.uniques)
                        .any(|k| k.name.as_str() == index.name.as_str()))
        })
    }
}

impl View {
    /// For a view that selects plain columns of one table: that table and pairs (table's column, view's column).
    #[must_use]
    pub fn base_columns(&self) -> Option<(TableName, Vec<(ColumnName, ColumnName)>)> {
        let Body::Select(select) = &self.query.body else { return None };
        if !matches!(select.grouping, algebra::query::Grouping::None)
            || !matches!(select.distinct, algebra::query::Distinct::No)
        {
            return None;
        }
        let Some(Source::Relation(relation)) = &select.from else { return None };
        let RelationSource::Table(table) = &relation.source else { return None };
        let columns = select.outputs.iter().filter_map(|output| match &output.expr.node {
            Node::Column { relation: id, column } if *id == relation.id => {
                Some((column.clone(), output.name.clone()))
            }
            _ => None,
        });
        Some((table.clone(), columns.collect()))
    }
}
