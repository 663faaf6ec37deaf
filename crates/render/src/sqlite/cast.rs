//! Conversions: none where both types are stored alike, SQLite's own where it says the same, else registered functions.

use algebra::expression::{CastStrength, Expr, Node};
use algebra::types::{ColumnType, Modifier, Type};

use crate::code;
use crate::printer::Printer;
use crate::program::Parameter;

/// `pg_fit(pg_cast_text_numeric(a), 'numeric(10,2)', 1)`, or as much of it as there is to do.
pub(super) fn cast(printer: &mut Printer<'_>, operand: &Expr, target: &ColumnType, strength: CastStrength) {
    if target.modifier == Modifier::None {
        return base(printer, operand, &target.base);
    }
    printer.keyword("pg_fit(");
    base(printer, operand, &target.base);
    printer.keyword(", ");
    printer.out.literal(&code::column_type_code(target));
    printer.keyword(if strength == CastStrength::Explicit { ", 1)" } else { ", 0)" });
}

fn base(printer: &mut Printer<'_>, operand: &Expr, target: &Type) {
    // An input whose type is not known yet is converted before the statement runs.
    if operand.ty == Type::Unknown {
        let ty = ColumnType::from(target.clone());
        match &operand.node {
            Node::Input(index) => return printer.param(Parameter::Input { index: *index, ty }),
            Node::RowInput(index) => return printer.param(Parameter::RowMember { index: *index, ty }),
            _ => {}
        }
    }
    match conversion(&operand.ty, target) {
        Conversion::Nothing => printer.operand(operand),
        Conversion::Native(before, after) => {
            printer.keyword(before);
            printer.operand(operand);
            printer.keyword(after);
        }
        Conversion::Function => function(printer, operand, target),
    }
}

/// `pg_cast_text_int4(a)`; `pg_cast_text_enum(a, 'enum["public","mood","sad"]')`.
fn function(printer: &mut Printer<'_>, operand: &Expr, target: &Type) {
    printer.keyword("pg_cast_");
    printer.keyword(code::family(source(&operand.ty)));
    printer.keyword("_");
    printer.keyword(code::family(target));
    printer.keyword("(");
    printer.expr(operand);
    for ty in [&operand.ty, target] {
        if matches!(ty, Type::Enum(_) | Type::Array(_)) {
            printer.keyword(", ");
            printer.out.literal(&code::type_code(ty));
        }
    }
    printer.keyword(")");
}

/// A text that has no type yet is text.
fn source(ty: &Type) -> &Type {
    if *ty == Type::Unknown { &Type::Text } else { ty }
}

/// Whether a conversion between two types is done by `pg_cast_<from>_<to>`.
#[must_use]
pub fn needs_function(from: &Type, to: &Type) -> bool {
    matches!(conversion(from, to), Conversion::Function)
}

enum Conversion {
    Nothing,
    Native(&'static str, &'static str),
    Function,
}

fn conversion(from: &Type, to: &Type) -> Conversion {
    let from = source(from);
    if stored_alike(from, to) {
        return Conversion::Nothing;
    }
    match (from, to) {
        (Type::Int2 | Type::Int4 | Type::Int8, Type::Numeric | Type::Text | Type::Varchar) => {
            Conversion::Native("cast(", " as text)")
        }
        (Type::Int2 | Type::Int4 | Type::Int8, Type::Float8) => Conversion::Native("cast(", " as real)"),
        (Type::Int4, Type::Bool) => Conversion::Native("(", " <> 0)"),
        (Type::Char, Type::Text | Type::Varchar | Type::Citext) => Conversion::Native("rtrim(", ")"),
        _ => Conversion::Function,
    }
}

/// Whether every stored value of `from` is the stored value of `to` that it becomes.
fn stored_alike(from: &Type, to: &Type) -> bool {
    match (from, to) {
        (from, to) if from == to => true,
        (Type::Array(from), Type::Array(to)) => elements_alike(from, to),
        (Type::Int2, Type::Int4 | Type::Int8) | (Type::Int4, Type::Int8) | (Type::Float4, Type::Float8) => {
            true
        }
        (Type::Bool, Type::Int4) => true,
        (
            Type::Text | Type::Varchar | Type::Name | Type::Citext,
            Type::Text | Type::Varchar | Type::Char | Type::Citext,
        ) => true,
        (
            Type::Uuid | Type::Enum(_) | Type::Numeric | Type::Json | Type::Jsonb | Type::Date,
            Type::Text | Type::Varchar,
        ) => true,
        (Type::Jsonb, Type::Json) | (Type::Cidr, Type::Inet) => true,
        _ => false,
    }
}

/// Inside arrays elements are in JSON's form, where booleans are no numbers.
fn elements_alike(from: &Type, to: &Type) -> bool {
    match (from, to) {
        (Type::Int2 | Type::Int4 | Type::Int8, Type::Numeric) => true,
        (Type::Bool | Type::Numeric | Type::Json | Type::Jsonb, to) if from != to => {
            matches!((from, to), (Type::Jsonb, Type::Json))
        }
        _ => stored_alike(from, to),
    }
}
