//! To-many embeds by PostgreSQL's own JSON functions.

use algebra::query::Query;
use algebra::shape::{FieldValue, Shape};

use crate::printer::{OutputNames, Printer};

/// PostgreSQL takes at most 100 arguments, two for each member.
const MEMBERS_MAX: usize = 50;

/// `(select coalesce(json_agg(json_build_object('id', c0)), '[]') from (select t1."id" as c0 from …) as q)`.
pub(super) fn json_rows(printer: &mut Printer<'_>, query: &Query, shape: &Shape) {
    printer.keyword("(select coalesce(json_agg(");
    object(printer, shape);
    printer.keyword("), '[]') from ");
    printer.in_parentheses(query, OutputNames::Places);
    printer.keyword(" as q)");
}

/// `json_build_object('id', c0, 'owner', case when c1 is null then null else json_build_object(…) end)`; of many members
/// `(select row_to_json(o) from (select c0 as "id", …) as o)`, which bounds the length of keys instead.
fn object(printer: &mut Printer<'_>, shape: &Shape) {
    let named = shape.fields.len() > MEMBERS_MAX;
    printer.keyword(if named { "(select row_to_json(o) from (select " } else { "json_build_object(" });
    for (position, field) in shape.fields.iter().enumerate() {
        if position > 0 {
            printer.keyword(", ");
        }
        if !named {
            printer.out.literal(&field.key);
            printer.keyword(", ");
        }
        match &field.value {
            FieldValue::Column { column, .. } => printer.out.place(*column),
            FieldValue::Object { present, shape } => {
                printer.keyword("case when ");
                printer.out.place(*present);
                printer.keyword(" is null then null else ");
                object(printer, shape);
                printer.keyword(" end");
            }
        }
        if named {
            printer.keyword(" as ");
            printer.out.ident(&field.key);
        }
    }
    printer.keyword(if named { ") as o)" } else { ")" });
}
