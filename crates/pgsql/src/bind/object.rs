//! Schemas, extensions, publications, comments; what is dropped, renamed, moved.

use algebra::names::{LocalName, QualifiedName, SchemaName};
use catalog::change::CommentTarget;
use catalog::{Change, Drop, DropKind};

use super::binder::Binder;
use super::fail::{Bind, no_column_of, refused, unsupported};
use super::name::{column_name, local_name, schema_name};
use super::policy::no_policy;
use super::refuse::later;
use crate::syntax::name::{ObjectName, Span};
use crate::syntax::object::{
    AlterObject, Behavior, Comment, CreateExtension, CreateSchema, Drop as Written, ObjectChange, ObjectKind,
    ObjectReference,
};

/// Extensions whose functions are there, or that need none.
const EXTENSIONS: &[&str] = &[
    "pgcrypto",
    "uuid-ossp",
    "citext",
    "pg_trgm",
    "plpgsql",
    "vector",
    "pg_stat_statements",
    "unaccent",
    "moddatetime",
];

/// Of those, what this version serves.
const SERVED: &[&str] = &["pgcrypto", "uuid-ossp", "citext", "plpgsql", "pg_stat_statements"];

impl Binder<'_> {
    pub(crate) fn create_schema(&mut self, create: &CreateSchema, span: Span) -> Bind<()> {
        let Some(name) = &create.name else {
            return Err(unsupported("create schema without a name", span));
        };
        let schema = schema_name(name)?;
        if name.text.starts_with("pg_") {
            return Err(refused("42939", format!("unacceptable schema name \"{}\"", name.text), name.span)
                .with_detail("The prefix \"pg_\" is reserved for system schemas."));
        }
        if let Some(element) = create.elements.first() {
            return Err(unsupported("statements inside create schema", element.span)
                .with_hint("Write them after it, with the schema's name."));
        }
        if create.if_not_exists && self.catalog.has_schema(&schema) {
            return Ok(());
        }
        self.change(Change::CreateSchema(schema), name.span)
    }

    pub(crate) fn create_extension(&mut self, create: &CreateExtension) -> Bind<()> {
        let name = create.name.text.as_str();
        if !SERVED.contains(&name) {
            let what = format!("extension \"{name}\"");
            let hint = if EXTENSIONS.contains(&name) {
                "It comes with a later version."
            } else {
                "Leave the line out if nothing of it is used."
            };
            return Err(unsupported(&what, create.name.span).with_hint(hint));
        }
        if let Some(schema) = &create.schema {
            self.check_schema(schema)?;
        }
        // These are part of every database.
        if matches!(name, "plpgsql" | "pg_stat_statements") {
            return Ok(());
        }
        if create.if_not_exists && self.catalog.has_extension(name) {
            return Ok(());
        }
        self.change(Change::CreateExtension(name.to_owned()), create.name.span)
    }

    pub(crate) fn comment(&mut self, comment: &Comment) -> Bind<()> {
        let target = &comment.target;
        let text = comment.text.as_ref().map(|text| text.text.clone());
        let on = match target.kind {
            ObjectKind::Table | ObjectKind::View => {
                CommentTarget::Table(self.relation(&target.name)?.name().clone())
            }
            ObjectKind::Column => {
                let Some((column, table)) =
                    target.name.parts.split_last().filter(|(_, table)| !table.is_empty())
                else {
                    return Err(refused("42601", "column name must be qualified", target.span));
                };
                let table = ObjectName { parts: table.to_vec(), span: target.name.span };
                let relation = self.relation(&table)?.name().clone();
                let known = self.catalog.columns(&relation).unwrap_or_default();
                if known.iter().all(|(name, _)| name.as_str() != column.text) {
                    return Err(no_column_of(&column.text, relation.name.as_str(), column.span));
                }
                CommentTarget::Column { relation, column: column_name(column)? }
            }
            _ => CommentTarget::Other,
        };
        self.change(Change::Comment { on, text }, target.span)
    }

    pub(crate) fn drop_objects(&mut self, drop: &Written) -> Bind<()> {
        let cascade = drop.behavior == Some(Behavior::Cascade);
        let kind = match drop.kind {
            ObjectKind::Table => DropKind::Table,
            ObjectKind::View => DropKind::View,
            ObjectKind::Index => DropKind::Index,
            ObjectKind::Sequence => DropKind::Sequence,
            ObjectKind::Type | ObjectKind::Domain => DropKind::Type,
            ObjectKind::Schema => DropKind::Schema,
            ObjectKind::Policy => DropKind::Policy,
            ObjectKind::Role => DropKind::Role,
            ObjectKind::Extension => DropKind::Extension,
            // What was accepted and kept nowhere is dropped the same way.
            ObjectKind::Publication => return Ok(()),
            // There are none, so `if exists` has nothing to do.
            _ if drop.if_exists => return Ok(()),
            other => return Err(later(other, drop.objects[0].span)),
        };
        for object in &drop.objects {
            if let Some((name, table)) = self.dropped(kind, object, drop.if_exists)? {
                // What an object before it took along is gone.
                let change = Change::Drop(Drop { kind, name, table, cascade });
                self.change(change, object.span)?;
            }
        }
        Ok(())
    }

    /// The object's full name, and the table of a policy; `None` when it need not exist.
    fn dropped(
        &self,
        kind: DropKind,
        object: &ObjectReference,
        if_exists: bool,
    ) -> Bind<Option<(QualifiedName, Option<QualifiedName>)>> {
        let missing = |code, message: String| {
            if if_exists { Ok(None) } else { Err(refused(code, message, object.span)) }
        };
        let written = object.name.dotted();
        match kind {
            DropKind::Policy => return self.dropped_policy(object, if_exists),
            DropKind::Schema => {
                let name = object.name.last();
                let schema = schema_name(name)?;
                if !self.catalog.has_schema(&schema) {
                    return missing("3F000", format!("schema \"{written}\" does not exist"));
                }
                return Ok(Some((QualifiedName::new(schema, local_name(name)?), None)));
            }
            DropKind::Extension => {
                let name = object.name.last();
                if !self.catalog.has_extension(&name.text) {
                    return missing("42704", format!("extension \"{written}\" does not exist"));
                }
                return Ok(Some((in_public(local_name(name)?), None)));
            }
            DropKind::Role => return Ok(Some((in_public(local_name(object.name.last())?), None))),
            _ => {}
        }
        let candidates = self.possible(&object.name)?;
        if let Some(name) = candidates.iter().find(|name| self.is_a(kind, name)) {
            return Ok(Some((name.clone(), None)));
        }
        let (word, code) = match kind {
            DropKind::Table => ("table", "42P01"),
            DropKind::View => ("view", "42P01"),
            DropKind::Sequence => ("sequence", "42P01"),
            DropKind::Index => ("index", "42704"),
            _ => ("type", "42704"),
        };
        if candidates.iter().any(|name| self.catalog.has_relation(name)) && kind != DropKind::Type {
            let article = if kind == DropKind::Index { "an" } else { "a" };
            let message = format!("\"{written}\" is not {article} {word}");
            return Err(refused("42809", message, object.span));
        }
        missing(code, format!("{word} \"{written}\" does not exist"))
    }

    fn dropped_policy(
        &self,
        object: &ObjectReference,
        if_exists: bool,
    ) -> Bind<Option<(QualifiedName, Option<QualifiedName>)>> {
        let Some(on) = &object.on else {
            return Err(refused("42601", "drop policy needs `on` and a table", object.span));
        };
        let table = match self.table(on) {
            Ok(table) => table,
            Err(_) if if_exists => return Ok(None),
            Err(error) => return Err(error),
        };
        let name = object.name.last();
        if table.policies.iter().all(|policy| policy.name.as_str() != name.text) {
            return if if_exists { Ok(None) } else { Err(no_policy(name, &table)) };
        }
        let full = QualifiedName::new(table.name.schema.clone(), local_name(name)?);
        Ok(Some((full, Some(table.name.clone()))))
    }

    fn is_a(&self, kind: DropKind, name: &QualifiedName) -> bool {
        match kind {
            DropKind::Table => self.catalog.table(name).is_some(),
            DropKind::View => self.catalog.view(name).is_some(),
            DropKind::Sequence => self.catalog.sequence(name).is_some(),
            DropKind::Index => self.catalog.index_table(name).is_some(),
            _ => self.catalog.enum_type(name).is_some() || self.catalog.domain(name).is_some(),
        }
    }

    /// Renames and moves of what `alter table` does not cover.
    pub(crate) fn alter_object(&mut self, alter: &AlterObject, span: Span) -> Bind<()> {
        let object = &alter.object;
        let what = match object.kind {
            ObjectKind::Table => DropKind::Table,
            ObjectKind::View => DropKind::View,
            ObjectKind::Index => DropKind::Index,
            ObjectKind::Sequence => DropKind::Sequence,
            ObjectKind::Type | ObjectKind::Domain => DropKind::Type,
            ObjectKind::Schema => DropKind::Schema,
            ObjectKind::Extension | ObjectKind::Publication | ObjectKind::Database => return Ok(()),
            other => {
                return match &alter.change {
                    ObjectChange::OwnerTo(_) if alter.if_exists => Ok(()),
                    _ => Err(later(other, object.span)),
                };
            }
        };
        let Some((name, _)) = self.dropped(what, object, alter.if_exists)? else { return Ok(()) };
        match &alter.change {
            ObjectChange::OwnerTo(role) => self.role_of(role).map(|_| ()),
            ObjectChange::RenameTo(to) => {
                self.change(Change::Rename { what, name, to: local_name(to)? }, to.span)
            }
            ObjectChange::SetSchema(to) => {
                self.check_schema(to)?;
                let next = schema_name(to)?;
                if next == name.schema {
                    return Ok(());
                }
                self.change(Change::SetSchema { what, name, to: next }, to.span)
            }
            ObjectChange::Unserved(words) => Err(unsupported(words, span)),
        }
    }
}

fn in_public(name: LocalName) -> QualifiedName {
    QualifiedName::new(SchemaName::literal("public"), name)
}
