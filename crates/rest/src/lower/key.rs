//! The primary key of the relation: what PUT is about, what addresses an item, what resolves conflicts.
//! **Must not:** say that a relation is missing: the plan says it in its own words.

use algebra::json::Json;
use algebra::names::{LocalName, TableName};
use bytes::Bytes;
use catalog::Catalog;
use plan::request::{Condition, Field, Level, Operand, Operator, Test};
use plan::{Inputs, Member};

use crate::body::Payload;
use crate::error::RequestError;
use crate::query::{self, At, Filter, Operation};
use crate::request::{Action, Request};

/// The primary key of a relation.
pub(super) struct Key {
    /// Whether the catalog has a relation of the name at all.
    pub(super) is_known: bool,
    /// Whether it is a table.
    pub(super) is_table: bool,
    /// The columns, in the order of the key; none when there is no key.
    pub(super) columns: Vec<String>,
}

impl Key {
    pub(super) fn of(request: &Request, catalog: &Catalog) -> Self {
        let unknown = Self { is_known: false, is_table: false, columns: Vec::new() };
        let Ok(name) = LocalName::parse(&request.relation) else { return unknown };
        let name = TableName::new(request.profile.schema.clone(), name);
        match catalog.table(&name) {
            Some(table) => {
                let columns = table.primary_key.iter().flat_map(|key| &key.columns);
                let columns = columns.map(|column| column.as_str().to_owned()).collect();
                Self { is_known: true, is_table: true, columns }
            }
            None => Self { is_known: catalog.view(&name).is_some(), ..unknown },
        }
    }

    /// Whether an upsert has a key to find existing rows by.
    pub(super) fn resolves(&self, request: &Request) -> bool {
        request.prefer.resolution.is_some()
            && (request.query.on_conflict.is_some() || !self.columns.is_empty())
    }

    /// Makes an item's URL, or the filters of a PUT, say which row is meant.
    pub(super) fn address(
        &self,
        request: &mut Request,
        level: &mut Level,
        inputs: &mut Inputs,
    ) -> Result<(), RequestError> {
        if !self.is_known {
            return Ok(());
        }
        let is_item = request.key.is_some();
        let values = match &request.key {
            Some(values) => self.item(&request.relation, values)?,
            None if matches!(request.action, Action::Replace(_)) => self.filtered(&request.query)?,
            None => return Ok(()),
        };
        if let Action::Replace(payload) = &mut request.action {
            return put(payload, &values, is_item);
        }
        level.conditions.extend(values.into_iter().map(|(column, value)| equals(column, value, inputs)));
        Ok(())
    }

    fn item(&self, relation: &str, values: &[String]) -> Result<Vec<(String, String)>, RequestError> {
        let wanted = self.columns.len();
        if wanted == 0 {
            let message = format!("`{relation}` has no primary key, so its rows have no URLs");
            return Err(RequestError::NoItem(message));
        }
        if wanted != values.len() {
            let columns = self.columns.join(",");
            let message =
                format!("the key of `{relation}` is `{columns}`, and the URL has {} values", values.len());
            return Err(RequestError::NoItem(message));
        }
        Ok(self.columns.iter().cloned().zip(values.iter().cloned()).collect())
    }

    /// The filters of a PUT, which must be one `eq` for each column of the key and nothing else.
    fn filtered(&self, query: &query::Query) -> Result<Vec<(String, String)>, RequestError> {
        let top = |at: &&At<Filter>| at.path.0.is_empty();
        let filters = query.filters.iter().filter(top).map(|at| &at.item).collect::<Vec<_>>();
        let values = self.columns.iter().map(|column| {
            filters.iter().find_map(|filter| match &filter.condition.operation {
                Operation::Compare { operator: query::Operator::Eq, value }
                    if filter.field.name.as_str() == column
                        && filter.field.json_path.is_empty()
                        && !filter.condition.negated =>
                {
                    Some((column.clone(), value.clone()))
                }
                _ => None,
            })
        });
        let values = values.collect::<Option<Vec<_>>>().ok_or(RequestError::PutFilters)?;
        let only_these = filters.len() == values.len() && !values.is_empty();
        let no_trees = query.trees.iter().all(|at| !at.path.0.is_empty());
        if only_these && no_trees { Ok(values) } else { Err(RequestError::PutFilters) }
    }
}

/// The one row of a PUT must be the row of its URL. At an item's URL it need not repeat the key.
fn put(payload: &mut Payload, key: &[(String, String)], is_item: bool) -> Result<(), RequestError> {
    let [row] = payload.rows.rows.as_mut_slice() else { return Err(RequestError::PutKey) };
    for (column, value) in key {
        match payload.columns.iter().position(|name| name == column) {
            Some(place) if says(&row[place], value) => {}
            None if is_item => {
                payload.columns.push(column.clone());
                row.push(Member::Text(Bytes::copy_from_slice(value.as_bytes())));
            }
            _ => return Err(RequestError::PutKey),
        }
    }
    Ok(())
}

/// Whether a value of the body is written as the URL writes it.
fn says(member: &Member, value: &str) -> bool {
    match member {
        Member::Json(raw) => std::str::from_utf8(raw)
            .is_ok_and(|raw| matches!(Json::trusted(raw).as_text(), Ok(Some(text)) if text == value)),
        Member::Text(text) => &**text == value.as_bytes(),
        Member::Null | Member::Absent => false,
    }
}

fn equals(column: String, value: String, inputs: &mut Inputs) -> Condition {
    let operand = Operand::Value(inputs.add(value));
    Condition::Compare {
        field: Field { column, path: Vec::new() },
        negated: false,
        test: Test::Operator { operator: Operator::Eq, operand },
    }
}
