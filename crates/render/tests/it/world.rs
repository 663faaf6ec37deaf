//! What a case is rendered in: a schema's catalog and a caller.

use std::path::Path;

use algebra::datetime::Timestamp;
use algebra::names::RoleName;
use algebra::statement::Statement;
use catalog::Catalog;
use pgsql::{Bound, Options};
use policy::{Caller, Claims, Enforced};
use render::{Dialect, Parameter, Postgres, Program, Sqlite, render, unsupported, unsupported_change};

use crate::case::{Answer, Case};

pub(crate) struct World {
    catalog: Catalog,
    caller: Caller,
}

impl World {
    pub(crate) fn of(cases: &Path, case: &Case) -> Self {
        let mut catalog = Catalog::prepared();
        if let Some(schema) = &case.schema {
            let text =
                std::fs::read_to_string(cases.join("schemas").join(schema).with_extension("sql")).unwrap();
            for statement in pgsql::parse_script(&text).unwrap() {
                for bound in pgsql::bind(&statement, &catalog, &options()).unwrap() {
                    if let Bound::Change(change) = bound {
                        catalog = catalog.apply(&change).unwrap();
                    }
                }
            }
        }
        let claims = Claims::default();
        let caller = match case.caller.as_str() {
            "system" => Caller::System,
            "anon" => Caller::Anonymous { claims },
            "user" => Caller::User { role: RoleName::literal("authenticated"), claims },
            "service" => Caller::Service { claims },
            other => panic!("`{other}` is no caller of these cases"),
        };
        Self { catalog, caller }
    }

    /// What one SQL statement becomes.
    pub(crate) fn answer(&self, sql: &str) -> Answer {
        let failed = |message: String| Answer { sqlite: message.clone(), postgres: message };
        let statements = match pgsql::parse_script(sql) {
            Ok(statements) => statements,
            Err(error) => return failed(format!("error: {}", error.message)),
        };
        let mut answer = Answer { sqlite: String::new(), postgres: String::new() };
        let mut catalog = self.catalog.clone();
        for statement in statements {
            let all = match pgsql::bind(&statement, &catalog, &options()) {
                Ok(all) => all,
                Err(error) => return failed(format!("error: {}", error.message)),
            };
            for bound in all {
                match bound {
                    Bound::Statement(prepared) => {
                        add(&mut answer.sqlite, &self.sqlite(&prepared.statement));
                        let postgres = self.program(&prepared.statement, &Postgres, Enforced::ByEngine);
                        add(&mut answer.postgres, &postgres);
                    }
                    Bound::Change(change) => {
                        let after = catalog.apply(&change).unwrap();
                        let steps = match unsupported_change(&change, &after) {
                            Some(found) => format!("unsupported: {}", found.construct),
                            None => Sqlite
                                .definition(&change, &catalog, &after)
                                .map_or_else(|| "nothing".to_owned(), |program| lines(&program)),
                        };
                        add(&mut answer.sqlite, &steps);
                        if answer.postgres.is_empty() {
                            add(&mut answer.postgres, "as it stands");
                        }
                        catalog = after;
                    }
                    Bound::Setting(_) | Bound::Nothing => {}
                }
            }
        }
        answer
    }

    fn sqlite(&self, statement: &Statement) -> String {
        match unsupported(statement) {
            Some(found) => format!("unsupported: {}", found.construct),
            None => self.program(statement, &Sqlite, Enforced::Here),
        }
    }

    fn program(&self, statement: &Statement, dialect: &dyn Dialect, enforced: Enforced) -> String {
        match policy::guard(statement.clone(), &self.caller, &self.catalog, enforced) {
            Ok(guarded) => {
                let program = render(&guarded, &self.catalog, dialect);
                assert_eq!(render(&guarded, &self.catalog, dialect), program, "the same text every time");
                lines(&program)
            }
            Err(denied) => format!("denied: {}", denied.message),
        }
    }
}

/// A moment for literals like `'now'`.
fn options() -> Options {
    Options::at(Timestamp::from_seconds(1_767_225_600.0).unwrap())
}

fn add(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}

/// The steps, one a line, with what is special about each and its parameters below.
fn lines(program: &Program) -> String {
    let mut text = String::new();
    for step in &program.steps {
        let each = if step.each_row { "each row: " } else { "" };
        let stage = step.stage.map(|stage| format!("keep {stage}: ")).unwrap_or_default();
        add(&mut text, &format!("{each}{stage}{}", step.sql.text));
        if !step.sql.parameters.is_empty() {
            let parameters = step.sql.parameters.iter().map(shown).collect::<Vec<_>>().join(", ");
            add(&mut text, &format!("  [{parameters}]"));
        }
    }
    text
}

fn shown(parameter: &Parameter) -> String {
    match parameter {
        Parameter::Constant { value, ty } => format!("{value:?} {}", ty.name()),
        Parameter::Input { index, ty } => format!("input {index} {}", ty.name()),
        Parameter::RowMember { index, ty } => format!("member {index} {}", ty.name()),
        Parameter::RowPresent { index } => format!("present {index}"),
        Parameter::Context(context) => format!("{context:?}"),
        Parameter::Rows => "rows".to_owned(),
        Parameter::Stage(stage) => format!("stage {stage}"),
    }
}
