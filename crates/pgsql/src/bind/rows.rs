//! `values (…), (…)`.

use algebra::names::ColumnName;
use algebra::query::Body;
use algebra::value::Value;

use super::binder::Binder;
use super::clause::Clause;
use super::fail::{Bind, refused};
use crate::syntax::name::Span;
use crate::syntax::query::ValuesRow;

impl Binder<'_> {
    pub(crate) fn values(&mut self, rows: &[ValuesRow], keep_unknown: bool, span: Span) -> Bind<Body> {
        let width = rows.first().map_or(0, |row| row.values.len());
        let mut columns: Vec<Vec<_>> = vec![Vec::with_capacity(rows.len()); width];
        for row in rows {
            if row.values.len() != width {
                return Err(refused("42601", "VALUES lists must all be the same length", row.span));
            }
            for (at, value) in row.values.iter().enumerate() {
                let value = self.within(Clause::Values, |binder| binder.expression(value))?;
                columns[at].push(value);
            }
        }
        let mut bound = Vec::with_capacity(width);
        for column in columns {
            let undecided = column.iter().all(|value| {
                value.is_unknown()
                    && matches!(
                        value.expr.node,
                        algebra::expression::Node::Constant(Value::Null | Value::Text(_))
                    )
            });
            if undecided && keep_unknown {
                bound.push(column.into_iter().map(|value| value.expr).collect());
            } else {
                bound.push(self.unify(column, "VALUES")?.0);
            }
        }
        let mut turned: Vec<Vec<_>> = vec![Vec::with_capacity(width); rows.len()];
        for column in bound {
            for (row, value) in turned.iter_mut().zip(column) {
                row.push(value);
            }
        }
        let name = |number: usize| ColumnName::parse(&format!("column{number}"));
        let names: Result<Vec<_>, _> = (1..=width).map(name).collect();
        let names = names.map_err(|error| refused("42601", error.to_string(), span))?;
        Ok(Body::Values { names, rows: turned })
    }
}
