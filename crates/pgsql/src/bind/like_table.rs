//! `like t including …` inside `create table`.

use algebra::expression::Expr;
use catalog::{Column, IndexKey, Table};

use super::binder::Binder;
use super::column::{next_value, range_of};
use super::fail::Bind;
use super::name::Relation;
use super::table::{Draft, plain_column};
use crate::syntax::table::{LikePart, LikeTable};

use std::sync::Arc;

impl Binder<'_> {
    pub(crate) fn like_table(&mut self, draft: &mut Draft, like: &LikeTable) -> Bind<()> {
        let source = match self.relation(&like.table)? {
            Relation::Table(table) => table,
            Relation::View(view) => {
                let mut table = Table::new(view.name.clone());
                let columns = view.columns.iter().cloned();
                table.columns = columns.map(|(name, ty)| plain_column(name, ty.into())).collect();
                Arc::new(table)
            }
        };
        for column in &source.columns {
            let copied = self.like_column(draft, column, like)?;
            draft.table.columns.push(copied);
        }
        if takes(like, LikePart::Constraints) {
            for check in &source.checks {
                draft.taken.insert(check.name.as_str());
                draft.table.checks.push(check.clone());
            }
        }
        if takes(like, LikePart::Indexes) {
            self.like_indexes(draft, &source, like)?;
        }
        if takes(like, LikePart::Comments) {
            draft.table.comment = draft.table.comment.take();
        }
        Ok(())
    }

    fn like_column(&mut self, draft: &mut Draft, column: &Column, like: &LikeTable) -> Bind<Column> {
        let mut copied = column.clone();
        if !takes(like, LikePart::Comments) {
            copied.comment = None;
        }
        if !takes(like, LikePart::Generated) {
            copied.generated = None;
        }
        match &column.identity {
            Some(identity) if takes(like, LikePart::Identity) => {
                let before = self.catalog.sequence(&identity.sequence).map(|sequence| sequence.options);
                let options = before.unwrap_or_else(|| range_of(&column.ty.base));
                let sequence = self.owned_sequence(draft, &column.name, options, like.span)?;
                copied.default = Some(next_value(&sequence, &column.ty.base));
                copied.identity = Some(catalog::Identity { always: identity.always, sequence });
            }
            Some(_) => {
                copied.identity = None;
                copied.default = None;
            }
            None if !takes(like, LikePart::Defaults) => copied.default = None,
            None => {}
        }
        Ok(copied)
    }

    /// Keys and indexes, with names made for the new table.
    fn like_indexes(&mut self, draft: &mut Draft, source: &Table, like: &LikeTable) -> Bind<()> {
        if let Some(key) = &source.primary_key
            && draft.table.primary_key.is_none()
        {
            let mut key = key.clone();
            key.name = self.constraint_named(draft, None, ("", "pkey"), like.span)?;
            draft.table.primary_key = Some(key);
        }
        for key in &source.uniques {
            let joined = key.columns.iter().map(|column| column.as_str()).collect::<Vec<_>>().join("_");
            let mut key = key.clone();
            key.name = self.constraint_named(draft, None, (&joined, "key"), like.span)?;
            draft.table.uniques.push(key);
        }
        for index in &source.indexes {
            let parts: Vec<_> = index
                .terms
                .iter()
                .map(|term| match &term.key {
                    IndexKey::Column(column) => column.as_str().to_owned(),
                    IndexKey::Expression(expr) => expression_name(expr).to_owned(),
                })
                .collect();
            let name = draft.table.name.clone();
            let joined = parts.join("_");
            let parts = (name.name.as_str(), joined.as_str(), "idx");
            let mut index = index.clone();
            index.name = draft.taken.relation(&self.catalog, &name.schema, parts, like.span)?;
            draft.table.indexes.push(index);
        }
        Ok(())
    }
}

/// What an index expression is called in the index's made-up name.
pub(crate) fn expression_name(expr: &Expr) -> &'static str {
    match &expr.node {
        algebra::expression::Node::Apply { operation, .. }
            if operation.form == algebra::operation::Form::Function =>
        {
            operation.name
        }
        algebra::expression::Node::Coalesce(_) => "coalesce",
        _ => "expr",
    }
}

/// Whether a part is taken over: the last word on it counts.
fn takes(like: &LikeTable, part: LikePart) -> bool {
    let mut about = like.options.iter().filter(|option| option.part == part || option.part == LikePart::All);
    about.next_back().is_some_and(|option| option.including)
}
