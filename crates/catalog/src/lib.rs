//! What a database looks like: tables, keys, relationships, views, policies, grants.
//!
//! A [`Catalog`] is immutable; a migration makes a new one by applying [`Change`]s. **Must not:** know an engine, a caller or
//! SQL text.

pub mod table;
pub mod relationship;
pub mod privilege;
pub mod change;
mod apply;
mod error;

mod catalog;

pub use catalog::{Catalog, Domain, Sequence, SequenceOptions, View};
pub use change::{AlterTable, Change, Drop, DropKind};
pub use error::CatalogError;
pub use privilege::{Grant, Grantee, Grants, Privilege, PrivilegeSet};
pub use relationship::{Cardinality, Relationship};
pub use table::{
    Check, Column, ForeignKey, Identity, Index, IndexKey, IndexTerm, Key, Policy, PolicyCommand,
    ReferentialAction, Table,
};
