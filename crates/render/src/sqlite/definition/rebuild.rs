//! Rebuilding a table: a new one beside it, the rows copied, the old one dropped, the new one given its name and indexes.
//!
//! Foreign keys are not enforced meanwhile ([`Program::defines`](crate::Program::defines)): dropping a table deletes its rows.

use algebra::expression::RelationId;
use algebra::names::{ColumnName, TableName};
use catalog::{Column, Table};

use super::conversion::Conversions;
use super::{Definer, table};
use crate::printer::{Called, Printer};
use crate::sqlite::stored;

/// What SQLite calls a rebuilt table while it is filled.
pub const REBUILT: &str = "mainstay.rebuilt";

pub(super) fn rebuild(definer: &mut Definer<'_>, old: &Table, new: &Table, conversions: &Conversions<'_>) {
    let beside = TableName::literal("mainstay", "rebuilt");
    debug_assert_eq!(stored::stored_name(&beside), REBUILT);
    definer.push(table::create(new, &beside, definer.after));
    definer.step(|printer| copy(printer, &beside, (old, new), conversions));
    definer.last_writes(&new.name);
    definer.step(|printer| table::drop(printer, &old.name));
    definer.step(|printer| table::rename(printer, &beside, &new.name));
    definer.create_indexes(new);
}

/// `insert into "mainstay.rebuilt" (rowid, "a", "b") select rowid, "a", pg_cast_text_int4("b") from "tasks"`.
fn copy(
    printer: &mut Printer<'_>,
    beside: &TableName,
    (old, new): (&Table, &Table),
    conversions: &Conversions<'_>,
) {
    let given: Vec<&Column> = new.columns.iter().filter(|column| column.generated.is_none()).collect();
    let names: Vec<ColumnName> = given.iter().map(|column| column.name.clone()).collect();
    let keeps_rowid = [old, new].iter().all(|table| stored::has_hidden_rowid(table)) && !names.is_empty();
    printer.call(RelationId::SELF, Called::Bare);
    printer.keyword("insert into ");
    printer.out.ident(&stored::stored_name(beside));
    printer.keyword(if keeps_rowid { " (rowid, " } else { " (" });
    printer.columns(&names);
    printer.keyword(if keeps_rowid { ") select rowid, " } else { ") select " });
    printer.list(&given, |printer, column| conversions.value(printer, old, column));
    printer.keyword(" from ");
    printer.out.ident(&stored::stored_name(&old.name));
}
