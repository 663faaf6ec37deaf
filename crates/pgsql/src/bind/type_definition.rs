//! Enums and domains.

use algebra::names::TypeName;
use algebra::types::EnumType;
use catalog::{Change, Check, Domain, Table};

use super::binder::Binder;
use super::clause::Clause;
use super::fail::{Bind, refused, unsupported};
use super::name::constraint_name;
use super::naming::Taken;
use super::stored::own_columns;
use super::table::plain_column;
use crate::syntax::literal::StringLiteral;
use crate::syntax::name::{ObjectName, Span};
use crate::syntax::object::{
    AlterType, AlterTypeChange, CreateDomain, CreateType, CreateTypeKind, LabelPosition,
};
use crate::syntax::table::ColumnConstraintKind;

use std::sync::Arc;

/// PostgreSQL's `NAMEDATALEN - 1` holds for labels too.
const LABEL_BYTES_MAX: usize = 63;

impl Binder<'_> {
    pub(crate) fn create_type(&mut self, create: &CreateType, span: Span) -> Bind<()> {
        let CreateTypeKind::Enum(written) = &create.kind else {
            let what = match create.kind {
                CreateTypeKind::Composite(_) => "a composite type",
                CreateTypeKind::Range(_) => "a range type",
                _ => "a base type",
            };
            return Err(
                unsupported(what, span).with_hint("Enums are supported; for records use a table or jsonb.")
            );
        };
        let mut labels: Vec<String> = Vec::with_capacity(written.len());
        for label in written {
            check_label(label)?;
            if labels.contains(&label.text) {
                let message = "enum labels must be unique".to_owned();
                return Err(refused("42710", message, label.span)
                    .with_detail(format!("\"{}\" stands twice.", label.text)));
            }
            labels.push(label.text.clone());
        }
        let name = self.new_name(&create.name)?;
        self.change(Change::CreateEnum(EnumType { name, labels }), create.name.span)
    }

    fn enum_named(&self, name: &ObjectName) -> Bind<Arc<EnumType>> {
        let found = self.possible(name)?.into_iter().find_map(|name| self.catalog.enum_type(&name).cloned());
        found.ok_or_else(|| {
            let known = self.possible(name).unwrap_or_default();
            if known.iter().any(|name| self.catalog.domain(name).is_some()) {
                return refused("42809", format!("{} is not an enum", name.dotted()), name.span);
            }
            refused("42704", format!("type \"{}\" does not exist", name.dotted()), name.span)
        })
    }

    pub(crate) fn alter_type(&mut self, alter: &AlterType, span: Span) -> Bind<()> {
        let of = self.enum_named(&alter.name)?;
        let mut labels = of.labels.clone();
        let mut renamed = None;
        match &alter.change {
            AlterTypeChange::AddValue { if_not_exists, label, position } => {
                check_label(label)?;
                if labels.contains(&label.text) {
                    if *if_not_exists {
                        return Ok(());
                    }
                    let message = format!("enum label \"{}\" already exists", label.text);
                    return Err(refused("42710", message, label.span));
                }
                let at = match position {
                    None => labels.len(),
                    Some(LabelPosition::Before(other)) => label_at(&labels, other)?,
                    Some(LabelPosition::After(other)) => label_at(&labels, other)? + 1,
                };
                labels.insert(at, label.text.clone());
            }
            AlterTypeChange::RenameValue { from, to } => {
                check_label(to)?;
                let at = label_at(&labels, from)?;
                if labels.contains(&to.text) {
                    let message = format!("enum label \"{}\" already exists", to.text);
                    return Err(refused("42710", message, to.span));
                }
                labels[at].clone_from(&to.text);
                renamed = Some((from.text.clone(), to.text.clone()));
            }
            AlterTypeChange::RenameAttribute { .. } => return Err(unsupported("a composite type", span)),
            AlterTypeChange::Unserved(what) => {
                return Err(unsupported(&format!("alter type … {what}"), span));
            }
        }
        self.change(Change::ChangeEnum { name: of.name.clone(), labels, renamed }, alter.name.span)
    }

    /// A domain's checks see its value as the column `value` of the row itself.
    pub(crate) fn create_domain(&mut self, create: &CreateDomain, span: Span) -> Bind<()> {
        let name = self.new_name(&create.name)?;
        let declared = self.declared(&create.base)?;
        if declared.domain.is_some() {
            return Err(unsupported("a domain over a domain", create.base.span));
        }
        let base = declared.ty;
        let mut domain = Domain {
            name: name.clone(),
            base: base.clone(),
            not_null: false,
            default: None,
            checks: Vec::new(),
        };
        let value = algebra::names::ColumnName::literal("value");
        let mut row = Table::new(name.clone());
        row.columns.push(plain_column(value, base.clone()));
        let row = Arc::new(row);
        let mut taken = Taken::default();
        for constraint in &create.constraints {
            match &constraint.kind {
                ColumnConstraintKind::NotNull => domain.not_null = true,
                ColumnConstraintKind::Null => {}
                ColumnConstraintKind::Default(written) => {
                    domain.default =
                        Some(self.default_value(written, &base, create.name.last().text.as_str())?);
                }
                ColumnConstraintKind::Check(written) => {
                    let condition = self.row_condition(written, &row, Clause::Check, "CHECK")?;
                    debug_assert!(own_columns(&condition).len() <= 1);
                    let name = match &constraint.name {
                        Some(name) => constraint_name(name)?,
                        None => self.domain_check(&mut taken, &name, constraint.span)?,
                    };
                    domain.checks.push(Check { name, condition });
                }
                _ => {
                    let message = "this constraint is not possible for domains";
                    return Err(refused("42601", message, constraint.span));
                }
            }
        }
        if create.collation.is_some() {
            return Err(unsupported("a collation of a domain", span));
        }
        self.change(Change::CreateDomain(Box::new(domain)), create.name.span)
    }

    fn domain_check(
        &self,
        taken: &mut Taken,
        name: &TypeName,
        span: Span,
    ) -> Bind<algebra::names::ConstraintName> {
        taken.constraint(&self.catalog, &name.schema, (name.name.as_str(), "", "check"), span)
    }
}

fn check_label(label: &StringLiteral) -> Bind<()> {
    if label.text.is_empty() || label.text.len() <= LABEL_BYTES_MAX {
        return Ok(());
    }
    Err(refused("42602", format!("invalid enum label \"{}\"", label.text), label.span)
        .with_detail(format!("Labels must be {LABEL_BYTES_MAX} bytes or less.")))
}

fn label_at(labels: &[String], wanted: &StringLiteral) -> Bind<usize> {
    labels.iter().position(|label| *label == wanted.text).ok_or_else(|| {
        refused("22023", format!("\"{}\" is not an existing enum label", wanted.text), wanted.span)
    })
}
