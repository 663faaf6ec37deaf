//! `alter table … alter column …`.

use algebra::expression::{CastStrength, Expr, RelationId};
use algebra::names::{ColumnName, QualifiedName};
use algebra::types::ColumnType;
use catalog::{AlterTable, Change, Column, Drop, DropKind, Identity};

use super::binder::{Binder, Typed};
use super::clause::Clause;
use super::coerce::can_coerce;
use super::fail::{Bind, refused, unsupported};
use super::scope::Namespace;
use super::table::Draft;
use super::write::target_entry;
use crate::syntax::expression as syntax;
use crate::syntax::name::Span;
use crate::syntax::object::SequenceOption;
use crate::syntax::table::ColumnChange;

impl Binder<'_> {
    pub(crate) fn alter_column(
        &mut self,
        table: &QualifiedName,
        name: &ColumnName,
        (change, span): (&ColumnChange, Span),
    ) -> Bind<()> {
        let known = self.current(table, span)?;
        let Some(column) = known.column(name.as_str()).cloned() else { return Ok(()) };
        let action = match change {
            ColumnChange::SetDefault(value) => {
                refuse_special(&column, table, span)?;
                let default = self.default_value(value, &column.ty, name.as_str())?;
                AlterTable::SetDefault { column: name.clone(), default: Some(default) }
            }
            ColumnChange::DropDefault => {
                refuse_special(&column, table, span)?;
                AlterTable::SetDefault { column: name.clone(), default: None }
            }
            ColumnChange::SetNotNull => AlterTable::SetNotNull { column: name.clone(), not_null: true },
            ColumnChange::DropNotNull => AlterTable::SetNotNull { column: name.clone(), not_null: false },
            ColumnChange::SetType { type_name, collation, using } => {
                if let Some(collation) = collation
                    && !matches!(collation.last().text.as_str(), "C" | "POSIX" | "default" | "ucs_basic")
                {
                    return Err(unsupported(
                        &format!("collation \"{}\"", collation.dotted()),
                        collation.span,
                    ));
                }
                let declared = self.declared(type_name)?;
                if declared.domain.is_some() {
                    return Err(unsupported("changing a column to a domain", type_name.span));
                }
                let ty = declared.ty;
                let using = self.conversion(table, &column, (&ty, using.as_ref()), span)?;
                AlterTable::SetType { column: name.clone(), ty, using }
            }
            ColumnChange::DropExpression { if_exists } => {
                if column.generated.is_none() {
                    if *if_exists {
                        return Ok(());
                    }
                    let message = format!(
                        "column \"{}\" of relation \"{}\" is not a stored generated column",
                        name.as_str(),
                        table.name.as_str()
                    );
                    return Err(refused("55000", message, span));
                }
                AlterTable::DropGenerated { column: name.clone() }
            }
            ColumnChange::AddIdentity { always, options } => {
                return self.add_identity(table, &column, (*always, options), span);
            }
            ColumnChange::SetIdentity { always, options } => {
                return self.set_identity(table, &column, (*always, options), span);
            }
            ColumnChange::DropIdentity { if_exists } => {
                return self.drop_identity(table, &column, *if_exists, span);
            }
            ColumnChange::SetStatistics(_)
            | ColumnChange::SetStorage(_)
            | ColumnChange::SetCompression(_)
            | ColumnChange::SetOptions(_)
            | ColumnChange::ResetOptions(_) => return Ok(()),
        };
        self.alter_one(table, action, span)
    }

    /// `using`, over the old row; without it, an assignment.
    fn conversion(
        &mut self,
        table: &QualifiedName,
        column: &Column,
        (ty, using): (&ColumnType, Option<&syntax::Expr>),
        span: Span,
    ) -> Bind<Expr> {
        let known = self.current(table, span)?;
        let name = column.name.as_str();
        let value = match using {
            Some(written) => {
                let sight = Namespace::of(target_entry(&known, RelationId::SELF, None));
                self.nested(sight, Clause::TypeUsing, |binder| binder.expression(written))?
            }
            None => {
                let own = Expr::column(RelationId::SELF, column.name.clone(), column.ty.base.clone());
                Typed::new(own, span)
            }
        };
        if !can_coerce(value.ty(), &ty.base, CastStrength::Assignment) {
            let shown = ty.name();
            if using.is_some() {
                let message = format!(
                    "result of USING clause for column \"{name}\" cannot be cast automatically to type {shown}"
                );
                return Err(
                    refused("42804", message, span).with_hint("You might need to add an explicit cast.")
                );
            }
            let message = format!("column \"{name}\" cannot be cast automatically to type {shown}");
            let hint = format!("You might need to specify \"USING {name}::{shown}\".");
            return Err(refused("42804", message, span).with_hint(hint));
        }
        self.coerce(value, ty, CastStrength::Assignment)
    }

    fn add_identity(
        &mut self,
        table: &QualifiedName,
        column: &Column,
        (always, options): (bool, &[SequenceOption]),
        span: Span,
    ) -> Bind<()> {
        let (name, shown) = (column.name.as_str(), table.name.as_str());
        if !column.not_null {
            let message = format!(
                "column \"{name}\" of relation \"{shown}\" must be declared NOT NULL before identity can be added"
            );
            return Err(refused("55000", message, span));
        }
        if column.identity.is_some() {
            let message = format!("column \"{name}\" of relation \"{shown}\" is already an identity column");
            return Err(refused("55000", message, span));
        }
        if column.default.is_some() {
            let message = format!("column \"{name}\" of relation \"{shown}\" already has a default value");
            return Err(refused("55000", message, span));
        }
        let mut draft = Draft::new((*self.current(table, span)?).clone());
        let column = self.identity(&mut draft, column, (always, options), span)?;
        for sequence in draft.sequences {
            self.change(Change::CreateSequence(sequence), span)?;
        }
        let action = AlterTable::SetIdentity {
            column: column.name,
            identity: column.identity,
            default: column.default,
        };
        self.alter_one(table, action, span)
    }

    fn set_identity(
        &mut self,
        table: &QualifiedName,
        column: &Column,
        (always, options): (Option<bool>, &[SequenceOption]),
        span: Span,
    ) -> Bind<()> {
        let Some(identity) = &column.identity else { return Err(not_identity(column, table, span)) };
        if !options.is_empty() {
            return Err(unsupported("options of an identity's sequence", span)
                .with_hint("Use alter sequence on the sequence."));
        }
        let identity =
            Identity { always: always.unwrap_or(identity.always), sequence: identity.sequence.clone() };
        let action = AlterTable::SetIdentity {
            column: column.name.clone(),
            identity: Some(identity),
            default: column.default.clone(),
        };
        self.alter_one(table, action, span)
    }

    fn drop_identity(
        &mut self,
        table: &QualifiedName,
        column: &Column,
        if_exists: bool,
        span: Span,
    ) -> Bind<()> {
        let Some(identity) = &column.identity else {
            return if if_exists { Ok(()) } else { Err(not_identity(column, table, span)) };
        };
        let name = identity.sequence.clone();
        let action = AlterTable::SetIdentity { column: column.name.clone(), identity: None, default: None };
        self.alter_one(table, action, span)?;
        self.change(Change::Drop(Drop { kind: DropKind::Sequence, name, table: None, cascade: false }), span)
    }
}

fn not_identity(column: &Column, table: &QualifiedName, span: Span) -> crate::diagnostic::Diagnostic {
    let message = format!(
        "column \"{}\" of relation \"{}\" is not an identity column",
        column.name.as_str(),
        table.name.as_str()
    );
    refused("55000", message, span)
}

/// Identities and generated columns have no default to change.
fn refuse_special(column: &Column, table: &QualifiedName, span: Span) -> Bind<()> {
    let (name, shown) = (column.name.as_str(), table.name.as_str());
    if column.identity.is_some() {
        let message = format!("column \"{name}\" of relation \"{shown}\" is an identity column");
        return Err(refused("42601", message, span)
            .with_hint("Use ALTER TABLE ... ALTER COLUMN ... DROP IDENTITY instead."));
    }
    if column.generated.is_some() {
        let message = format!("column \"{name}\" of relation \"{shown}\" is a generated column");
        return Err(refused("42601", message, span));
    }
    Ok(())
}
