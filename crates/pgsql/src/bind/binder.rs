//! The state of one binding: the catalog as it is by now, scopes, parameters, fresh relation ids, what came out.
//!
//! **Must not:** bind anything itself.

use algebra::expression::{Expr, RelationId};
use algebra::statement::Statement;
use algebra::types::Type;
use catalog::{Catalog, Change};

use super::clause::Clause;
use super::fail::{Bind, refused};
use super::scope::{Level, Namespace};
use super::{Bound, Options, Prepared, Setting};
use crate::syntax::name::Span;

/// The greatest parameter number, as PostgreSQL's protocol has it.
const PARAMETERS_MAX: u32 = 65_535;

/// An expression and where it was written.
#[derive(Debug, Clone)]
pub(crate) struct Typed {
    pub expr: Expr,
    pub span: Span,
}

impl Typed {
    pub(crate) fn new(expr: Expr, span: Span) -> Self {
        Self { expr, span }
    }

    pub(crate) fn ty(&self) -> &Type {
        &self.expr.ty
    }

    pub(crate) fn is_unknown(&self) -> bool {
        self.expr.ty == Type::Unknown
    }
}

/// The binding of one statement.
pub(crate) struct Binder<'a> {
    /// The catalog with the changes made so far.
    pub catalog: Catalog,
    pub options: &'a Options,
    /// Whether what is bound is kept in the catalog, where a moment must not be frozen.
    pub defines: bool,
    /// Scopes, the innermost last.
    pub levels: Vec<Level>,
    parameters: Vec<Type>,
    next_id: u32,
    bound: Vec<Bound>,
}

impl<'a> Binder<'a> {
    pub(crate) fn new(catalog: &Catalog, options: &'a Options) -> Self {
        Self {
            catalog: catalog.clone(),
            options,
            defines: false,
            levels: Vec::new(),
            parameters: Vec::new(),
            // 0 is the row itself in the expressions that a table owns.
            next_id: RelationId::SELF.0 + 1,
            bound: Vec::new(),
        }
    }

    pub(crate) fn fresh_id(&mut self) -> RelationId {
        let id = RelationId(self.next_id);
        self.next_id += 1;
        id
    }

    /// What came out; a statement that came to nothing says so.
    pub(crate) fn finish(self) -> Vec<Bound> {
        if self.bound.is_empty() { vec![Bound::Nothing] } else { self.bound }
    }

    /// Carries out a change and keeps it. Errors get the place.
    pub(crate) fn change(&mut self, change: Change, span: Span) -> Bind<()> {
        self.catalog = self.catalog.apply(&change).map_err(|error| {
            let mut diagnostic = refused(error.code, error.message, span);
            diagnostic.detail = error.detail;
            diagnostic.hint = error.hint;
            diagnostic
        })?;
        self.bound.push(Bound::Change(Box::new(change)));
        Ok(())
    }

    pub(crate) fn setting(&mut self, setting: Setting) {
        self.bound.push(Bound::Setting(setting));
    }

    /// Keeps a statement; every parameter must have got a type.
    pub(crate) fn prepared(&mut self, statement: Statement, span: Span) -> Bind<()> {
        let parameters = std::mem::take(&mut self.parameters);
        if let Some(number) = parameters.iter().position(|ty| *ty == Type::Unknown) {
            let message = format!("could not determine data type of parameter ${}", number + 1);
            return Err(refused("42P18", message, span));
        }
        self.bound.push(Bound::Statement(Box::new(Prepared { statement, parameters })));
        Ok(())
    }

    /// Whether a definition used a parameter, which none may.
    pub(crate) fn has_parameters(&self) -> bool {
        !self.parameters.is_empty()
    }

    /// The type of parameter `$number`, `Unknown` until a context decides it; and its number from 0.
    pub(crate) fn parameter(&mut self, number: u32, span: Span) -> Bind<(u16, Type)> {
        if number == 0 || number > PARAMETERS_MAX {
            return Err(refused("42P02", format!("there is no parameter ${number}"), span));
        }
        let at = number as usize - 1;
        if self.parameters.len() <= at {
            self.parameters.resize(at + 1, Type::Unknown);
        }
        let index = u16::try_from(at).map_err(|_| refused("42P02", "too many parameters", span))?;
        Ok((index, self.parameters[at].clone()))
    }

    /// Decides the type of a parameter.
    pub(crate) fn decide_parameter(&mut self, index: u16, ty: &Type, span: Span) -> Bind<()> {
        let decided = &mut self.parameters[usize::from(index)];
        if *decided == Type::Unknown {
            *decided = ty.clone();
        } else if decided != ty {
            let message = format!("inconsistent types deduced for parameter ${}", index + 1);
            let detail = format!("{} versus {}", decided.name(), ty.name());
            return Err(refused("42P08", message, span).with_detail(detail));
        }
        Ok(())
    }

    /// The innermost scope.
    pub(crate) fn level(&mut self) -> &mut Level {
        self.levels.last_mut().expect("a scope is open while expressions are bound")
    }

    pub(crate) fn clause(&self) -> Clause {
        self.levels.last().map_or(Clause::Values, |level| level.clause)
    }

    /// Runs `work` in a scope of its own.
    pub(crate) fn nested<T>(
        &mut self,
        namespace: Namespace,
        clause: Clause,
        work: impl FnOnce(&mut Self) -> Bind<T>,
    ) -> Bind<T> {
        self.levels.push(Level::new(namespace, clause));
        let result = work(self);
        self.levels.pop();
        result
    }

    /// Runs `work` with the innermost scope in another clause.
    pub(crate) fn within<T>(&mut self, clause: Clause, work: impl FnOnce(&mut Self) -> Bind<T>) -> Bind<T> {
        let before = std::mem::replace(&mut self.level().clause, clause);
        let result = work(self);
        self.level().clause = before;
        result
    }
}
