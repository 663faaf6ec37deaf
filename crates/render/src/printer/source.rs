//! `from`: relations and joins.

use algebra::query::{JoinKind, Relation, RelationSource, Source};

use crate::dialect::FunctionCall;
use crate::printer::{OutputNames, Printer};

impl Printer<'_> {
    /// Remembers the tables of a source before anything that names their columns is written.
    pub(crate) fn note_source(&mut self, source: Option<&Source>) {
        if let Some(source) = source {
            self.note(source, false);
        }
    }

    fn note(&mut self, source: &Source, outer: bool) {
        match source {
            Source::Relation(relation) => match &relation.source {
                RelationSource::Table(table) => self.note_table(relation.id, table, outer),
                RelationSource::Function { columns, .. } => {
                    self.dialect.note_columns(self, relation.id, columns);
                }
                RelationSource::Query(query) if relation.lateral => {
                    self.dialect.note_columns(self, relation.id, &query.columns());
                }
                RelationSource::View(_) | RelationSource::Query(_) | RelationSource::Cte(_) => {}
            },
            Source::Join { kind, left, right, .. } => {
                self.note(left, outer || matches!(kind, JoinKind::Right | JoinKind::Full));
                self.note(right, outer || matches!(kind, JoinKind::Left | JoinKind::Full));
            }
        }
    }

    /// `"tasks" as t1 left join "projects" as t2 on t2."id" = t1."project_id"`.
    pub(crate) fn source(&mut self, source: &Source) {
        match source {
            Source::Relation(relation) => self.relation(relation),
            Source::Join { kind, left, right, on } => {
                self.source(left);
                self.keyword(match kind {
                    JoinKind::Inner | JoinKind::Cross => " join ",
                    JoinKind::Left => " left join ",
                    JoinKind::Right => " right join ",
                    JoinKind::Full => " full join ",
                });
                if matches!(**right, Source::Join { .. }) {
                    self.keyword("(");
                    self.source(right);
                    self.keyword(")");
                } else {
                    self.source(right);
                }
                self.keyword(" on ");
                match on {
                    Some(condition) => self.expr(condition),
                    None => self.dialect.boolean(self, true),
                }
            }
        }
    }

    /// `"tasks" as t1`, `(select …) as t1`, `t5 as t1`.
    fn relation(&mut self, relation: &Relation) {
        match &relation.source {
            RelationSource::Table(name) | RelationSource::View(name) => self.dialect.table(self, name),
            RelationSource::Query(query) if relation.lateral => self.dialect.lateral(self, query),
            RelationSource::Query(query) => self.in_parentheses(query, OutputNames::Own),
            RelationSource::Cte(id) => self.out.alias(*id),
            RelationSource::Function { operation, arguments, columns } => {
                let call = FunctionCall {
                    relation: relation.id,
                    operation,
                    arguments,
                    columns,
                    lateral: relation.lateral,
                };
                return self.dialect.function(self, &call);
            }
        }
        self.keyword(" as ");
        self.out.alias(relation.id);
    }
}
