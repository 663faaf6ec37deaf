//! Names, types and values as PostgreSQL writes them.

use algebra::names::QualifiedName;
use algebra::types::{ColumnType, Modifier, Type};
use algebra::value::Value;

use crate::code;
use crate::printer::Printer;
use crate::program::Parameter;

/// `"public"."tasks"`.
pub(super) fn qualified(printer: &mut Printer<'_>, name: &QualifiedName) {
    printer.out.ident(name.schema.as_str());
    printer.keyword(".");
    printer.out.ident(name.name.as_str());
}

/// `::int4` behind a parameter's place.
pub(super) fn place_type(printer: &mut Printer<'_>, parameter: &Parameter) {
    match parameter {
        Parameter::Constant { ty, .. } => cast_to(printer, ty),
        Parameter::Input { ty, .. } | Parameter::RowMember { ty, .. } => cast_to(printer, &ty.base),
        Parameter::Rows => printer.keyword("::json"),
        Parameter::RowPresent { .. } | Parameter::Context(_) | Parameter::Stage(_) => {}
    }
}

/// `::int4`, nothing for what has no name.
pub(super) fn cast_to(printer: &mut Printer<'_>, ty: &Type) {
    if !matches!(ty, Type::Unknown | Type::Record | Type::Void) {
        printer.keyword("::");
        type_name(printer, ty);
    }
}

/// `numeric(10,2)`, `varchar(3)[]`.
pub(super) fn column_type(printer: &mut Printer<'_>, ty: &ColumnType) {
    let element = ty.base.element().unwrap_or(&ty.base);
    type_name(printer, element);
    match ty.modifier {
        Modifier::None => {}
        Modifier::Length(length) => modifier(printer, &[length.into()]),
        Modifier::Precision { precision, scale } => modifier(printer, &[precision.into(), scale.into()]),
        Modifier::Fraction(digits) => modifier(printer, &[digits.into()]),
    }
    if ty.base.element().is_some() {
        printer.keyword("[]");
    }
}

fn modifier(printer: &mut Printer<'_>, numbers: &[i64]) {
    printer.keyword("(");
    printer.list(numbers, |printer, number| printer.out.number(*number));
    printer.keyword(")");
}

/// `int4`, `"public"."mood"`, `text[]`.
pub(super) fn type_name(printer: &mut Printer<'_>, ty: &Type) {
    match ty {
        Type::Array(element) => {
            type_name(printer, element);
            printer.keyword("[]");
        }
        Type::Enum(of) => qualified(printer, &of.name),
        // `char` would be one character.
        Type::Char => printer.keyword("bpchar"),
        plain => printer.keyword(code::family(plain)),
    }
}

/// `'a'::text`.
pub(super) fn literal(printer: &mut Printer<'_>, value: &Value, ty: &Type) {
    match value {
        Value::Null => printer.keyword("null"),
        Value::Bool(value) => printer.keyword(if *value { "true" } else { "false" }),
        Value::Int(value) => {
            printer.keyword("'");
            printer.out.number(*value);
            printer.keyword("'");
        }
        Value::Float(value) if value.is_infinite() => {
            printer.keyword(if *value > 0.0 { "'Infinity'" } else { "'-Infinity'" });
        }
        Value::Float(value) if value.is_nan() => printer.keyword("'NaN'"),
        Value::Float(value) => {
            printer.keyword("'");
            printer.out.float(*value);
            printer.keyword("'");
        }
        Value::Text(text) => printer.out.literal(text),
        Value::Bytes(bytes) => {
            printer.keyword("'\\x");
            printer.out.hexadecimal(bytes);
            printer.keyword("'");
        }
    }
    cast_to(printer, ty);
}
