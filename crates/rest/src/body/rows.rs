//! Rows as they grow: which columns they have, and that all have the same.
//! **Must not:** know what format the values came in.

use std::borrow::Cow;
use std::collections::BTreeMap;

use plan::{Member, Rows};

use super::Payload;
use crate::error::RequestError;

/// The rows so far.
pub(super) struct RowsBuilder {
    /// Whether the columns were asked for; then other keys are ignored and absent ones allowed.
    asked: bool,
    columns: Option<Columns>,
    rows: Vec<Vec<Member>>,
    values: usize,
    values_max: usize,
}

struct Columns {
    names: Vec<String>,
    places: BTreeMap<String, usize>,
}

impl RowsBuilder {
    pub(super) fn new(columns: Option<Vec<String>>, values_max: usize) -> Self {
        let asked = columns.is_some();
        Self { asked, columns: columns.map(Columns::of), rows: Vec::new(), values: 0, values_max }
    }

    /// Adds a row of keys and values. A key that comes twice has its last value.
    pub(super) fn add<'k>(
        &mut self,
        members: impl Iterator<Item = Result<(Cow<'k, str>, Member), RequestError>> + Clone,
    ) -> Result<(), RequestError> {
        if self.columns.is_none() {
            let names = members.clone().map(|member| Ok(member?.0.into_owned()));
            self.columns = Some(Columns::of(names.collect::<Result<Vec<_>, RequestError>>()?));
        }
        let columns = self.columns.as_ref().expect("the columns were set above");
        self.values += columns.names.len().max(1);
        if self.values > self.values_max {
            let most = self.values_max;
            return Err(RequestError::JsonLimit(format!("a body may have at most {most} values")));
        }
        let mut row = vec![Member::Absent; columns.names.len()];
        for (position, member) in members.enumerate() {
            let (key, value) = member?;
            match columns.place(&key, position) {
                Some(place) => row[place] = value,
                None if self.asked => {}
                None => return Err(RequestError::Body("All object keys must match")),
            }
        }
        if !self.asked && row.contains(&Member::Absent) {
            return Err(RequestError::Body("All object keys must match"));
        }
        self.rows.push(row);
        Ok(())
    }

    pub(super) fn finish(self, is_list: bool) -> Payload {
        let columns = self.columns.map(|columns| columns.names).unwrap_or_default();
        Payload { columns, rows: Rows { rows: self.rows }, is_list }
    }
}

impl Columns {
    fn of(names: Vec<String>) -> Self {
        let mut columns = Self { names: Vec::with_capacity(names.len()), places: BTreeMap::new() };
        for name in names {
            if !columns.places.contains_key(&name) {
                columns.places.insert(name.clone(), columns.names.len());
                columns.names.push(name);
            }
        }
        columns
    }

    /// Where a key goes. Rows mostly have their keys in the order of the first.
    fn place(&self, key: &str, position: usize) -> Option<usize> {
        if self.names.get(position).is_some_and(|name| name == key) {
            return Some(position);
        }
        self.places.get(key).copied()
    }
}
