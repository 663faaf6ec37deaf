//! Writes: the write itself, and the representation read from what it returned.

use std::collections::BTreeSet;

use algebra::expression::{CastStrength, Expr, Node, RelationId};
use algebra::names::ColumnName;
use algebra::query::{Cte, CteBody, Output, Query, Relation, RelationSource, Source};
use algebra::shape::Shape;
use algebra::statement::{
    Assignment, Conflict, ConflictAction, ConflictTarget, Delete, Insert, InsertSource, Statement, Update,
    Write,
};
use algebra::types::{Modifier, Type};
use algebra::value::Value;
use algebra::visit::Part;
use catalog::{Column, Table};

use super::level::Scope;
use super::read::at_least_one_output;
use super::{Builder, Built, Target};
use crate::error::PlanError;
use crate::request::{Conflict as Upsert, Format, Insert as InsertPlan, Level, Resolution};

impl Builder<'_> {
    pub(super) fn insert(&mut self, target: &Target, insert: &InsertPlan) -> Result<Built, PlanError> {
        let table = self.table(target)?;
        let columns = self.payload(&table, &insert.columns)?;
        let id = self.fresh_id();
        let values = row_inputs(&columns, insert.missing_default);
        let defaults = table
            .columns
            .iter()
            .filter(|column| {
                column.generated.is_none() && !columns.iter().any(|given| given.name == column.name)
            })
            .map(|column| (column.name.clone(), default_of(column)))
            .collect();
        let conflict = match &insert.conflict {
            Some(upsert) => self.conflict(&table, upsert, &columns)?,
            None => None,
        };
        let source =
            InsertSource::Rows { types: columns.iter().map(|column| column.ty.clone()).collect(), values };
        let names = columns.iter().map(|column| column.name.clone()).collect();
        let write = Write::Insert(Insert {
            table: table.name.clone(),
            target: id,
            columns: names,
            source,
            defaults,
            override_identity: false,
            conflict,
            returning: Vec::new(),
        });
        self.represented(write, target, &table)
    }

    pub(super) fn update(
        &mut self,
        target: &Target,
        columns: &[String],
        missing_default: bool,
    ) -> Result<Built, PlanError> {
        let table = self.table(target)?;
        let columns = self.payload(&table, columns)?;
        let id = self.fresh_id();
        let filter = self.chosen(target, id)?;
        if columns.is_empty() {
            return self.nothing_changed(target, id);
        }
        let set = columns
            .iter()
            .zip(row_inputs(&columns, missing_default))
            .map(|(column, value)| Assignment { column: column.name.clone(), value })
            .collect();
        let update =
            Update { table: table.name.clone(), target: id, set, from: None, filter, returning: Vec::new() };
        self.represented(Write::Update(update), target, &table)
    }

    pub(super) fn delete(&mut self, target: &Target) -> Result<Built, PlanError> {
        let table = self.table(target)?;
        let id = self.fresh_id();
        let filter = self.chosen(target, id)?;
        let delete =
            Delete { table: table.name.clone(), target: id, using: None, filter, returning: Vec::new() };
        self.represented(Write::Delete(delete), target, &table)
    }

    fn table(&self, target: &Target) -> Result<std::sync::Arc<Table>, PlanError> {
        self.catalog.table(&target.name).cloned().ok_or_else(|| PlanError::Sql {
            code: "0A000",
            message: format!("cannot write to view \"{}\"", target.name.name.as_str()),
            hint: Some("write to the table under the view".to_owned()),
        })
    }

    /// The columns that a payload names, each of which may be written.
    fn payload(&self, table: &Table, names: &[String]) -> Result<Vec<Column>, PlanError> {
        let mut columns = Vec::with_capacity(names.len());
        for name in names {
            let column = table.column(name).ok_or_else(|| PlanError::UnknownPayloadColumn {
                relation: table.name.name.as_str().to_owned(),
                column: name.clone(),
            })?;
            writable(column)?;
            columns.push(column.clone());
        }
        Ok(columns)
    }

    /// Which rows an update or delete is for.
    fn chosen(&mut self, target: &Target, id: RelationId) -> Result<Option<Expr>, PlanError> {
        let plan = self.plan;
        let filters = self.conditions(&Scope::new(id, target.clone()), &plan.level.conditions)?;
        Ok((!filters.is_empty()).then(|| Expr::and(filters)))
    }

    /// `{}`: nothing is written, the answer is empty.
    fn nothing_changed(&mut self, target: &Target, id: RelationId) -> Result<Built, PlanError> {
        let level = Level { items: self.plan.level.items.clone(), ..Level::default() };
        let mut outputs = Vec::new();
        let source = Source::Relation(target.relation(id));
        let mut parts = self.level(&level, Scope::new(id, target.clone()), source, &mut outputs)?;
        parts.filters.push(Expr::bool(false));
        let shape = parts.shape.clone();
        let query = at_least_one_output(self.query(parts, outputs, &level)?);
        Ok(Built { statement: Statement::Query(query), reading: self.reading(shape), count: None })
    }

    fn conflict(
        &mut self,
        table: &Table,
        upsert: &Upsert,
        columns: &[Column],
    ) -> Result<Option<Conflict>, PlanError> {
        let on: Vec<ColumnName> = if upsert.columns.is_empty() {
            table.key_columns().to_vec()
        } else {
            let find = |name: &String| {
                table.column(name).map(|column| column.name.clone()).ok_or_else(|| PlanError::UnknownColumn {
                    relation: table.name.name.as_str().to_owned(),
                    column: name.clone(),
                })
            };
            upsert.columns.iter().map(find).collect::<Result<_, _>>()?
        };
        if on.is_empty() {
            return Ok(None);
        }
        if !table.is_unique(&on) {
            return Err(PlanError::Sql {
                code: "42P10",
                message: "there is no unique or exclusion constraint matching the ON CONFLICT specification"
                    .to_owned(),
                hint: None,
            });
        }
        let excluded = self.fresh_id();
        let action = match upsert.resolution {
            Resolution::Merge if !columns.is_empty() => ConflictAction::Update {
                excluded,
                set: columns.iter().map(|column| from_excluded(column, excluded)).collect(),
                filter: None,
            },
            _ => ConflictAction::Nothing,
        };
        Ok(Some(Conflict { target: ConflictTarget::Columns { columns: on, predicate: None }, action }))
    }

    /// The write with what the format asks for: nothing, the key, or the rows read through the selection.
    fn represented(&mut self, mut write: Write, target: &Target, table: &Table) -> Result<Built, PlanError> {
        if !self.represents() {
            let keys = if self.plan.format == Format::Key { table.key_columns() } else { &[] };
            let returned: Vec<_> =
                target.columns.iter().filter(|(name, _)| keys.contains(name)).cloned().collect();
            returning(&mut write, &returned);
            let shape = Shape::flat(returned.iter().map(|(name, ty)| (name.as_str(), ty.clone())));
            return Ok(Built {
                statement: Statement::Write(write),
                reading: self.reading(shape),
                count: None,
            });
        }
        let id = self.fresh_id();
        let reader = self.fresh_id();
        let written = Relation { id: reader, source: RelationSource::Cte(id), lateral: false };
        let level = Level { conditions: Vec::new(), limit: None, offset: None, ..self.plan.level.clone() };
        let mut outputs = Vec::new();
        let source = Source::Relation(written);
        let parts = self.level(&level, Scope::new(reader, target.clone()), source, &mut outputs)?;
        let shape = parts.shape.clone();
        let mut query = at_least_one_output(self.unbounded(parts, outputs, &level)?);
        let columns = read_columns(&query, reader, target);
        returning(&mut write, &columns);
        query.ctes.push(Cte {
            id,
            columns,
            body: CteBody::Write(Box::new(write)),
            recursive: false,
            materialized: None,
        });
        Ok(Built { statement: Statement::Query(query), reading: self.reading(shape), count: None })
    }

    /// The query of a representation: ordered, never cut.
    fn unbounded(
        &mut self,
        parts: super::level::Parts,
        outputs: Vec<Output>,
        level: &Level,
    ) -> Result<Query, PlanError> {
        let mut query = self.query(parts, outputs, level)?;
        query.limit = None;
        Ok(query)
    }
}

/// 428C9 for columns whose value is not the caller's to give.
fn writable(column: &Column) -> Result<(), PlanError> {
    let always = column.identity.as_ref().is_some_and(|identity| identity.always);
    if column.generated.is_none() && !always {
        return Ok(());
    }
    let name = column.name.as_str();
    let what = if always { "an identity column defined as GENERATED ALWAYS" } else { "a generated column" };
    Err(PlanError::Sql {
        code: "428C9",
        message: format!("cannot insert a non-DEFAULT value into column \"{name}\""),
        hint: Some(format!("column \"{name}\" is {what}: leave it out")),
    })
}

/// What each payload column is given: the row's member, as the column's type.
fn row_inputs(columns: &[Column], missing_default: bool) -> Vec<Expr> {
    columns
        .iter()
        .enumerate()
        .map(|(position, column)| {
            let index = u16::try_from(position).unwrap_or(u16::MAX);
            let member = with_modifier(Expr::new(Node::RowInput(index), column.ty.base.clone()), column);
            if !missing_default {
                return member;
            }
            let present = Expr::new(Node::RowPresent(index), Type::Bool);
            let node = Node::Case {
                branches: vec![(present, member)],
                otherwise: Some(Box::new(default_of(column))),
            };
            Expr::new(node, column.ty.base.clone())
        })
        .collect()
}

/// A length or precision is enforced by the assignment cast.
fn with_modifier(expr: Expr, column: &Column) -> Expr {
    if column.ty.modifier == Modifier::None {
        return expr;
    }
    let target = column.ty.clone();
    let node = Node::Cast { operand: Box::new(expr), target, strength: CastStrength::Assignment };
    Expr::new(node, column.ty.base.clone())
}

fn default_of(column: &Column) -> Expr {
    column.default.clone().unwrap_or_else(|| Expr::constant(Value::Null, column.ty.base.clone()))
}

fn from_excluded(column: &Column, excluded: RelationId) -> Assignment {
    let value = Expr::column(excluded, column.name.clone(), column.ty.base.clone());
    Assignment { column: column.name.clone(), value }
}

fn returning(write: &mut Write, columns: &[(ColumnName, Type)]) {
    let target = write.target();
    let outputs = columns
        .iter()
        .map(|(name, ty)| Output { expr: Expr::column(target, name.clone(), ty.clone()), name: name.clone() })
        .collect();
    match write {
        Write::Insert(insert) => insert.returning = outputs,
        Write::Update(update) => update.returning = outputs,
        Write::Delete(delete) => delete.returning = outputs,
    }
}

/// The columns of the written rows that the representation reads; one at least.
fn read_columns(query: &Query, reader: RelationId, target: &Target) -> Vec<(ColumnName, Type)> {
    let mut read = BTreeSet::new();
    Part::Query(query).every_expr(&mut |expr| {
        if let Node::Column { relation, column } = &expr.node
            && *relation == reader
        {
            read.insert(column.clone());
        }
    });
    let columns: Vec<_> = target.columns.iter().filter(|(name, _)| read.contains(name)).cloned().collect();
    if columns.is_empty() { target.columns.first().cloned().into_iter().collect() } else { columns }
}
