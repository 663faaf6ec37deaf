//! Which foreign key a statement violated: SQLite does not say.
//!
//! Asked inside the transaction in which the rows that refer to nothing still stand. **Must not:** take long: it looks for a
//! tenth of a second and then gives up the name.

use std::sync::Arc;
use std::time::Duration;

use algebra::names::TableName;
use catalog::{Catalog, ForeignKey, Table};

use super::naming::Side;
use super::open::Channel;
use super::stored;

/// The time a search may take.
const SEARCH_MAX: Duration = Duration::from_millis(100);

/// A violated foreign key.
pub(super) struct Orphan {
    pub(super) child: Arc<Table>,
    pub(super) key: ForeignKey,
    pub(super) side: Side,
}

/// Looks for rows that refer to nothing in the written table and in those that refer to it.
pub(super) fn find(
    channel: &Channel,
    catalog: &Catalog,
    written: &TableName,
    deletes: bool,
) -> Option<Orphan> {
    let own = catalog.table(written)?;
    if let Some(key) = violated(channel, own) {
        // A row of the table itself that lost its parent in the same table was left behind, not written.
        let side = if deletes { Side::Referred } else { Side::Referring };
        return Some(Orphan { child: Arc::clone(own), key, side });
    }
    let refers = |table: &&Arc<Table>| table.foreign_keys.iter().any(|key| key.table == *written);
    catalog.tables().filter(refers).find_map(|child| {
        let key = violated(channel, child)?;
        Some(Orphan { child: Arc::clone(child), key, side: Side::Referred })
    })
}

fn violated(channel: &Channel, table: &Table) -> Option<ForeignKey> {
    if table.foreign_keys.is_empty() {
        return None;
    }
    channel.meter.allow_time(SEARCH_MAX);
    let columns = channel.gate.with_settings(|| columns(channel, &stored::name(&table.name)));
    channel.meter.allow_all();
    // A search that ran out of time answers nothing; the error is then told without the constraint's name.
    let columns = columns.ok()?;
    let same = |key: &&ForeignKey| key.columns.iter().map(|column| column.as_str()).eq(columns.iter());
    table.foreign_keys.iter().find(same).cloned()
}

fn columns(channel: &Channel, table: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = channel.connection.prepare(include_str!("orphans.sql"))?;
    let mut rows = statement.query([table])?;
    let mut columns = Vec::new();
    while let Some(row) = rows.next()? {
        columns.push(row.get(0)?);
    }
    Ok(columns)
}
