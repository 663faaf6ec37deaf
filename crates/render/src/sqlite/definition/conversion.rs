//! What becomes of the values of a table whose definition changes.

use algebra::expression::{Expr, RelationId};
use algebra::names::{ColumnName, TableName, TypeName};
use algebra::types::Type;
use algebra::value::Value;
use catalog::{AlterTable, Column, Table};

use crate::printer::Printer;

/// The conversions of one change.
#[derive(Debug, Default)]
pub(super) struct Conversions<'a> {
    /// `alter column … type … using`.
    using: Option<(&'a TableName, &'a ColumnName, &'a Expr)>,
    /// `alter type … rename value`: type, old label, new label.
    relabel: Option<(&'a TypeName, &'a str, &'a str)>,
}

impl<'a> Conversions<'a> {
    pub(super) fn of(table: &'a TableName, action: &'a AlterTable) -> Self {
        match action {
            AlterTable::SetType { column, using, .. } => {
                Self { using: Some((table, column, using)), relabel: None }
            }
            _ => Self::default(),
        }
    }

    pub(super) fn relabel(name: &'a TypeName, from: &'a str, to: &'a str) -> Self {
        Self { using: None, relabel: Some((name, from, to)) }
    }

    /// Whether values of the table change.
    pub(super) fn touch(&self, table: &Table) -> bool {
        self.using.is_some_and(|(of, ..)| *of == table.name)
            || table.columns.iter().any(|column| self.relabels(&column.ty.base))
    }

    fn relabels(&self, ty: &Type) -> bool {
        match (ty, self.relabel) {
            (Type::Enum(of), Some((name, ..))) => of.name == *name,
            (Type::Array(element), Some(_)) => self.relabels(element),
            _ => false,
        }
    }

    /// The value of a column of the new row, over the old one: `"a"`, `pg_cast_text_int4("a")`, and of a column that is new
    /// its default.
    pub(super) fn value(&self, printer: &mut Printer<'_>, old: &Table, column: &Column) {
        if let Some((table, name, using)) = self.using
            && *table == old.name
            && *name == column.name
        {
            return printer.expr(using);
        }
        let Some(before) = old.column(column.name.as_str()) else {
            return match &column.default {
                Some(default) => printer.expr(default),
                None => printer.keyword("null"),
            };
        };
        match self.relabel {
            Some((_, from, to)) if self.relabels(&before.ty.base) => {
                relabelled(printer, &before.name, &before.ty.base, (from, to));
            }
            _ => printer.column(RelationId::SELF, &column.name),
        }
    }
}

/// `case "mood" when ?1 then ?2 else "mood" end`; of an array `pg_rename_label("moods", ?1, ?2)`.
fn relabelled(printer: &mut Printer<'_>, column: &ColumnName, ty: &Type, (from, to): (&str, &str)) {
    let constant = |text: &str| Expr::constant(Value::Text(text.to_owned()), Type::Text);
    let own = Expr::column(RelationId::SELF, column.clone(), ty.clone());
    let (from, to) = (constant(from), constant(to));
    if matches!(ty, Type::Array(_)) {
        return printer.call_function("pg_rename_label", &[own, from, to]);
    }
    printer.keyword("case ");
    printer.expr(&own);
    printer.keyword(" when ");
    printer.expr(&from);
    printer.keyword(" then ");
    printer.expr(&to);
    printer.keyword(" else ");
    printer.expr(&own);
    printer.keyword(" end");
}
