//! Views and materialized views.
//!
//! **Must not:** know what a view reads.

use crate::diagnostic::SqlState;
use crate::parse::Parsed;
use crate::parse::stream::Parser;
use crate::syntax::object::{CheckOption, CreateMaterializedView, CreateView};
use crate::syntax::statement::StatementKind;
use crate::syntax::table::Persistence;

impl Parser<'_> {
    /// The finger stands on `view` or `recursive view`.
    pub(super) fn create_view(
        &mut self,
        or_replace: bool,
        persistence: Persistence,
    ) -> Parsed<StatementKind> {
        let recursive = self.accept("recursive");
        self.expect("view")?;
        let name = self.relation_name("a view's name")?;
        if recursive && !self.at_mark("(") {
            return Err(self.unexpected("`(` with the view's columns"));
        }
        let columns = self.column_names()?;
        let options = self.with_options()?;
        self.expect("as")?;
        let query = self.query()?;
        let at = self.here();
        let check_option = self.check_option()?;
        if recursive && check_option.is_some() {
            let mut error = self.fault("WITH CHECK OPTION not supported on recursive views", self.since(at));
            error.sqlstate = SqlState::FEATURE_NOT_SUPPORTED;
            return Err(error);
        }
        let view =
            CreateView { name, or_replace, persistence, recursive, columns, options, query, check_option };
        Ok(StatementKind::CreateView(Box::new(view)))
    }

    fn check_option(&mut self) -> Parsed<Option<CheckOption>> {
        if !self.accept("with") {
            return Ok(None);
        }
        let local = self.accept_any(&["cascaded", "local"]) == Some("local");
        self.expect_words(&["check", "option"])?;
        Ok(Some(if local { CheckOption::Local } else { CheckOption::Cascaded }))
    }

    pub(super) fn create_materialized_view(&mut self, unlogged: bool) -> Parsed<StatementKind> {
        self.expect_words(&["materialized", "view"])?;
        let if_not_exists = self.if_not_exists();
        let name = self.relation_name("a view's name")?;
        let columns = self.column_names()?;
        let method = self.access_method()?;
        let options = self.with_options()?;
        let tablespace = self.tablespace()?;
        self.expect("as")?;
        let query = self.query()?;
        let with_data = self.with_data()?;
        let view = CreateMaterializedView {
            name,
            if_not_exists,
            unlogged,
            columns,
            method,
            options,
            tablespace,
            query,
            with_data,
        };
        Ok(StatementKind::CreateMaterializedView(Box::new(view)))
    }
}
