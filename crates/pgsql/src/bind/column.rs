//! One column of `create table` or `add column`: type, default, constraints, sequences.

use algebra::expression::Expr;
use algebra::names::{ColumnName, QualifiedName, SequenceName};
use algebra::types::{ColumnType, Type};
use algebra::value::Value;
use catalog::{Column, Identity, Sequence, SequenceOptions};

use super::binder::Binder;
use super::expression::apply_symbol;
use super::fail::{Bind, refused, unsupported};
use super::name::column_name;
use super::table::{Draft, DraftForeignKey, DraftKey, plain_column};
use crate::syntax::expression::ExprKind;
use crate::syntax::literal::Literal;
use crate::syntax::name::{Name, Span};
use crate::syntax::object::{SequenceOption, SequenceOptionKind};
use crate::syntax::table::{ColumnConstraint, ColumnConstraintKind, ColumnDefinition};
use crate::syntax::type_name::TypeName;

/// A column as it was written.
pub(crate) struct Declaration<'a> {
    pub written: &'a ColumnDefinition,
}

/// `serial` and its kin: the integer under them.
fn serial(name: &TypeName) -> Option<Type> {
    if !name.array.is_empty() || name.name.qualifiers().iter().any(|part| part.text != "pg_catalog") {
        return None;
    }
    match name.name.last().text.as_str() {
        "smallserial" | "serial2" => Some(Type::Int2),
        "serial" | "serial4" => Some(Type::Int4),
        "bigserial" | "serial8" => Some(Type::Int8),
        _ => None,
    }
}

impl Binder<'_> {
    pub(crate) fn declare(&mut self, draft: &mut Draft, declaration: &Declaration<'_>) -> Bind<()> {
        let written = declaration.written;
        let name = column_name(&written.name)?;
        if draft.table.column(name.as_str()).is_some() {
            let message = format!("column \"{}\" specified more than once", name.as_str());
            return Err(refused("42701", message, written.name.span));
        }
        if let Some(collation) = &written.collation
            && !matches!(collation.last().text.as_str(), "C" | "POSIX" | "default" | "ucs_basic")
        {
            return Err(unsupported(&format!("collation \"{}\"", collation.dotted()), collation.span)
                .with_hint("Text is ordered as by the collation \"C\"."));
        }
        let Some(type_name) = &written.type_name else {
            return Err(unsupported("a column without a type", written.span));
        };
        let column = match serial(type_name) {
            Some(base) => self.serial_column(draft, name, base, written.span)?,
            None => {
                let declared = self.declared(type_name)?;
                let mut column = plain_column(name, declared.ty);
                if let Some(domain) = &declared.domain
                    && let Some(known) = self.catalog.domain(domain)
                {
                    column.not_null = known.not_null;
                    column.default.clone_from(&known.default);
                }
                column.domain = declared.domain;
                column
            }
        };
        draft.table.columns.push(column);
        let at = draft.table.columns.len() - 1;
        let mut seen = Seen { serial: serial(type_name).is_some(), ..Seen::default() };
        for constraint in &written.constraints {
            self.column_constraint(draft, at, constraint, &mut seen)?;
        }
        if seen.generated && (seen.default || seen.serial) {
            let message = format!(
                "both default and generation expression specified for column \"{}\" of table \"{}\"",
                written.name.text,
                draft.table.name.name.as_str()
            );
            return Err(refused("42601", message, written.span));
        }
        Ok(())
    }

    fn serial_column(&mut self, draft: &mut Draft, name: ColumnName, base: Type, span: Span) -> Bind<Column> {
        let sequence = self.owned_sequence(draft, &name, range_of(&base), span)?;
        let mut column = plain_column(name, ColumnType::from(base.clone()));
        column.not_null = true;
        column.default = Some(next_value(&sequence, &base));
        Ok(column)
    }

    /// A sequence that belongs to a column, `t_a_seq`.
    pub(crate) fn owned_sequence(
        &mut self,
        draft: &mut Draft,
        column: &ColumnName,
        options: SequenceOptions,
        span: Span,
    ) -> Bind<SequenceName> {
        let table = draft.table.name.clone();
        let parts = (table.name.as_str(), column.as_str(), "seq");
        let local = draft.taken.relation(&self.catalog, &table.schema, parts, span)?;
        let name = QualifiedName::new(table.schema.clone(), local);
        let owner = Some((table, column.clone()));
        draft.sequences.push(Sequence { name: name.clone(), options, owner });
        Ok(name)
    }

    fn column_constraint(
        &mut self,
        draft: &mut Draft,
        at: usize,
        constraint: &ColumnConstraint,
        seen: &mut Seen,
    ) -> Bind<()> {
        let column = draft.table.columns[at].clone();
        let own = vec![Name { text: column.name.as_str().to_owned(), quoted: true, span: constraint.span }];
        let (name, attributes, span) = (constraint.name.clone(), constraint.attributes, constraint.span);
        match &constraint.kind {
            ColumnConstraintKind::Null => {
                if seen.not_null || column.identity.is_some() || seen.serial {
                    return Err(conflicting_nulls(&column, draft, span));
                }
                seen.null = true;
            }
            ColumnConstraintKind::NotNull => {
                if seen.null {
                    return Err(conflicting_nulls(&column, draft, span));
                }
                seen.not_null = true;
                draft.table.columns[at].not_null = true;
            }
            ColumnConstraintKind::Default(value) => {
                if seen.default || seen.serial {
                    let message = format!(
                        "multiple default values specified for column \"{}\" of table \"{}\"",
                        column.name.as_str(),
                        draft.table.name.name.as_str()
                    );
                    return Err(refused("42601", message, span));
                }
                seen.default = true;
                let is_null = matches!(&*value.kind, ExprKind::Literal(Literal::Null));
                let bound = self.default_value(value, &column.ty, column.name.as_str())?;
                draft.table.columns[at].default = if is_null { None } else { Some(bound) };
            }
            ColumnConstraintKind::Check(condition) => draft.checks.push((name, condition.clone(), span)),
            ColumnConstraintKind::Unique(options) => draft.keys.push(DraftKey {
                name,
                primary: false,
                columns: own,
                options: options.clone(),
                attributes,
                span,
            }),
            ColumnConstraintKind::PrimaryKey(options) => draft.keys.push(DraftKey {
                name,
                primary: true,
                columns: own,
                options: options.clone(),
                attributes,
                span,
            }),
            ColumnConstraintKind::References(target) => draft.foreign_keys.push(DraftForeignKey {
                name,
                columns: own,
                target: target.clone(),
                attributes,
                span,
            }),
            ColumnConstraintKind::Generated(value) => {
                seen.generated = true;
                draft.generated.push((column.name, value.clone()));
            }
            ColumnConstraintKind::Identity { always, options } => {
                let identity = self.identity(draft, &column, (*always, options.as_slice()), span)?;
                draft.table.columns[at] = identity;
            }
        }
        Ok(())
    }

    /// The column as an identity, with a sequence of its own.
    pub(crate) fn identity(
        &mut self,
        draft: &mut Draft,
        column: &Column,
        (always, options): (bool, &[SequenceOption]),
        span: Span,
    ) -> Bind<Column> {
        let base = column.ty.base.clone();
        if !matches!(base, Type::Int2 | Type::Int4 | Type::Int8) {
            let message = "identity column type must be smallint, integer, or bigint";
            return Err(refused("22023", message, span));
        }
        if column.default.is_some() {
            let message = format!(
                "both default and identity specified for column \"{}\" of table \"{}\"",
                column.name.as_str(),
                draft.table.name.name.as_str()
            );
            return Err(refused("42601", message, span));
        }
        let named = options.iter().find_map(|option| match &option.kind {
            SequenceOptionKind::Name(name) => Some(name),
            _ => None,
        });
        let options = self.sequence_options(options, range_of(&base), span)?;
        let sequence = match named {
            Some(name) => {
                let name = self.new_name(name)?;
                let owner = Some((draft.table.name.clone(), column.name.clone()));
                draft.sequences.push(Sequence { name: name.clone(), options, owner });
                name
            }
            None => self.owned_sequence(draft, &column.name, options, span)?,
        };
        let mut column = column.clone();
        column.not_null = true;
        column.default = Some(next_value(&sequence, &base));
        column.identity = Some(Identity { always, sequence });
        Ok(column)
    }
}

/// What a column's constraints have said so far.
#[derive(Default)]
struct Seen {
    null: bool,
    not_null: bool,
    default: bool,
    generated: bool,
    serial: bool,
}

fn conflicting_nulls(column: &Column, draft: &Draft, span: Span) -> crate::diagnostic::Diagnostic {
    let message = format!(
        "conflicting NULL/NOT NULL declarations for column \"{}\" of table \"{}\"",
        column.name.as_str(),
        draft.table.name.name.as_str()
    );
    refused("42601", message, span)
}

/// A sequence over all positive values of an integer type.
pub(crate) fn range_of(base: &Type) -> SequenceOptions {
    let max = match base {
        Type::Int2 => i64::from(i16::MAX),
        Type::Int4 => i64::from(i32::MAX),
        _ => i64::MAX,
    };
    SequenceOptions { max, ..SequenceOptions::default() }
}

/// `nextval('schema.sequence')`, brought to the column's type.
pub(crate) fn next_value(sequence: &SequenceName, base: &Type) -> Expr {
    let full = format!("{}.{}", sequence.schema.as_str(), sequence.name.as_str());
    let name = Expr::constant(Value::Text(full), Type::Text);
    let next = apply_symbol("pg_nextval", vec![name]);
    if *base == Type::Int8 {
        return next;
    }
    super::coerce::cast(next, base.clone().into(), algebra::expression::CastStrength::Assignment)
}
