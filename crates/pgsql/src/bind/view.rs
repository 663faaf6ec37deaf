//! Views, and tables made from queries.

use std::collections::BTreeMap;

use algebra::expression::CastStrength;
use algebra::names::ColumnName;
use algebra::query::Query;
use algebra::statement::{Insert, InsertSource, Statement, Write};
use algebra::types::{ColumnType, Type};
use catalog::{Change, Table, View};

use super::binder::Binder;
use super::fail::{Bind, refused, unsupported};
use super::name::column_name;
use super::subquery::rename_output;
use super::table::plain_column;
use crate::syntax::name::{Name, Span};
use crate::syntax::object::{CreateTableAs, CreateView, OptionValue, StorageOption, TableSource};
use crate::syntax::table::Persistence;

impl Binder<'_> {
    pub(crate) fn create_view(&mut self, create: &CreateView, span: Span) -> Bind<()> {
        if create.persistence == Persistence::Temporary {
            return Err(unsupported("a temporary view", span));
        }
        if create.recursive {
            return Err(
                unsupported("create recursive view", span).with_hint("Write the view over with recursive.")
            );
        }
        if create.check_option.is_some() {
            return Err(unsupported("with check option", span));
        }
        let name = self.new_name(&create.name)?;
        let security_invoker = self.view_options(&create.options)?;
        let query = self.query(&create.query)?;
        let query = renamed(query, &create.columns, create.name.span)?;
        self.refuse_parameters(span)?;
        let view = View {
            columns: query.columns(),
            grants: self.catalog.default_grants(&name.schema),
            name: name.clone(),
            query,
            security_invoker,
            materialized: false,
            comment: None,
            column_comments: BTreeMap::new(),
        };
        if create.or_replace && self.catalog.view(&name).is_some() {
            return self.change(Change::ReplaceView(Box::new(view)), create.name.span);
        }
        if create.or_replace && self.catalog.has_relation(&name) {
            let message = format!("\"{}\" is not a view", name.name.as_str());
            return Err(refused("42809", message, create.name.span));
        }
        self.change(Change::CreateView(Box::new(view)), create.name.span)
    }

    /// `with (security_invoker = true)`: what was said about it.
    pub(crate) fn view_options(&self, options: &[StorageOption]) -> Bind<Option<bool>> {
        let mut invoker = None;
        for option in options {
            match option.name.last().text.as_str() {
                "security_invoker" => invoker = Some(truth(option)?),
                "security_barrier" => {
                    truth(option)?;
                }
                "check_option" => return Err(unsupported("with check option", option.span)),
                other => {
                    let message = format!("unrecognized parameter \"{other}\"");
                    return Err(refused("22023", message, option.span));
                }
            }
        }
        Ok(invoker)
    }

    /// The table, then the insert that fills it.
    pub(crate) fn create_table_as(&mut self, create: &CreateTableAs, span: Span) -> Bind<()> {
        if create.persistence == Persistence::Temporary {
            return Err(unsupported("a temporary table", span));
        }
        let TableSource::Query(written) = &create.source else {
            return Err(unsupported("create table as execute", span));
        };
        let name = self.new_name(&create.name)?;
        if create.if_not_exists && self.catalog.has_relation(&name) {
            return Ok(());
        }
        let query = self.query(written)?;
        let query = renamed(query, &create.columns, create.name.span)?;
        let columns = query.columns();
        let mut table = Table::new(name.clone());
        table.grants = self.catalog.default_grants(&name.schema);
        table.columns =
            columns.iter().map(|(name, ty)| plain_column(name.clone(), ty.clone().into())).collect();
        self.change(Change::CreateTable(Box::new(table)), create.name.span)?;
        if !create.with_data {
            return Ok(());
        }
        self.fill(name, columns, query, span)
    }

    fn fill(
        &mut self,
        table: algebra::names::TableName,
        columns: Vec<(ColumnName, Type)>,
        query: Query,
        span: Span,
    ) -> Bind<()> {
        let types: Vec<ColumnType> = columns.iter().map(|(_, ty)| ty.clone().into()).collect();
        let query = self.converted_to(query, &types, CastStrength::Assignment, span)?;
        let insert = Insert {
            table,
            target: self.fresh_id(),
            columns: columns.into_iter().map(|(name, _)| name).collect(),
            source: InsertSource::Query(Box::new(query)),
            defaults: Vec::new(),
            override_identity: false,
            conflict: None,
            returning: Vec::new(),
        };
        self.prepared(Statement::Write(Write::Insert(insert)), span)
    }

    fn refuse_parameters(&self, span: Span) -> Bind<()> {
        if self.has_parameters() { Err(refused("42P02", "there is no parameter $1", span)) } else { Ok(()) }
    }
}

/// The query's outputs with the names of a column list.
fn renamed(mut query: Query, columns: &[Name], span: Span) -> Bind<Query> {
    if columns.len() > query.columns().len() {
        return Err(refused("42601", "CREATE VIEW specifies more column names than columns", span));
    }
    for (at, name) in columns.iter().enumerate() {
        rename_output(&mut query, at, &column_name(name)?);
    }
    Ok(query)
}

fn truth(option: &StorageOption) -> Bind<bool> {
    use crate::syntax::expression::ExprKind;
    use crate::syntax::literal::Literal;
    let word = match &option.value {
        None => return Ok(true),
        Some(OptionValue::Word(word)) => word.last().text.clone(),
        Some(OptionValue::Literal(expr)) => match &*expr.kind {
            ExprKind::Literal(Literal::Bool(value)) => return Ok(*value),
            ExprKind::Literal(Literal::String(text)) => text.clone(),
            ExprKind::Literal(Literal::Integer(number)) => number.to_string(),
            _ => String::new(),
        },
        Some(_) => String::new(),
    };
    match word.to_lowercase().as_str() {
        "true" | "on" | "yes" | "1" => Ok(true),
        "false" | "off" | "no" | "0" => Ok(false),
        _ => {
            let message = format!("invalid value for boolean option \"{}\": {word}", option.name.last().text);
            Err(refused("22023", message, option.span))
        }
    }
}
