//! What SQLite cannot be told: rendering cannot fail, so a migration's check asks here before anything is applied.
//!
//! **Must not:** grow where a rewrite is possible.

use algebra::expression::{Expr, Frame, FrameBound, FrameUnit, Node, RelationId, SortKey};
use algebra::names::TableName;
use algebra::operation::Volatility;
use algebra::query::{CteBody, Query, Relation, RelationSource, Source};
use algebra::statement::{Delete, Statement, Update, Write};
use algebra::types::{Category, Type};
use algebra::visit::Part;
use catalog::{AlterTable, Catalog, Change, IndexKey, Table};

/// A construct that SQLite does not have, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsupported {
    /// In PostgreSQL's words: `lateral sub-query`.
    pub construct: &'static str,
    pub instead: &'static str,
}

const RETURNING_OTHERS: Unsupported = Unsupported {
    construct: "`returning` of columns of another table than the written one",
    instead: "return the written columns and join the other table in a query around it",
};
const READ_BESIDE_WRITE: Unsupported = Unsupported {
    construct: "a table that is read beside a write to it in one statement",
    instead: "read what `returning` gives, or use two statements",
};
const RANGE_FRAME: Unsupported = Unsupported {
    construct: "a `range` frame with a distance over anything but numbers",
    instead: "use `rows`, or compare with a sub-query",
};
const RECORD: Unsupported =
    Unsupported { construct: "a row as a value", instead: "name its columns one by one" };
const CHANGING_RULE: Unsupported = Unsupported {
    construct: "a rule of a table that asks for the time, the caller or chance",
    instead: "put it into a row policy's `with check`",
};
const DEFERRED_KEY: Unsupported = Unsupported {
    construct: "a deferrable unique or primary key constraint",
    instead: "leave out `deferrable`; it is checked row by row",
};
const FOLDED_NAME: Unsupported = Unsupported {
    construct: "two names that differ in the case of their letters only",
    instead: "rename one of them",
};

/// The first construct of a statement that SQLite's text cannot say.
#[must_use]
pub fn unsupported(statement: &Statement) -> Option<Unsupported> {
    let beside = match statement {
        Statement::Query(query) => read_beside_write(query),
        Statement::Write(_) => None,
    };
    beside.or_else(|| find(statement.part()))
}

/// A table that a data-modifying CTE writes and another part of the query reads: PostgreSQL reads it as it was before.
fn read_beside_write(query: &Query) -> Option<Unsupported> {
    let body = Query { ctes: Vec::new(), ..query.clone() };
    let reads = |part: Part<'_>, table: &TableName| {
        let mut found = false;
        part.every_relation(&mut |relation| {
            found |= matches!(&relation.source, RelationSource::Table(name) if name == table);
        });
        found
    };
    let beside = query.ctes.iter().any(|cte| match &cte.body {
        CteBody::Query(_) => false,
        CteBody::Write(write) => {
            let others =
                query.ctes.iter().filter(|other| other.id != cte.id).map(|other| match &other.body {
                    CteBody::Query(query) => Part::Query(query),
                    CteBody::Write(write) => Part::Write(write),
                });
            others.chain([Part::Query(&body)]).any(|part| reads(part, write.table()))
        }
    });
    beside.then_some(READ_BESIDE_WRITE)
}

/// The first thing in a change that SQLite cannot hold; `after` is the catalog that the change leads to.
#[must_use]
pub fn unsupported_change(change: &Change, after: &Catalog) -> Option<Unsupported> {
    let rules = |name| after.table(name).and_then(|table| rules(table));
    let found = match change {
        Change::CreateTable(table) => {
            let keys = table.primary_key.iter().chain(&table.uniques).any(|key| key.deferrable);
            if keys { Some(DEFERRED_KEY) } else { rules(&table.name) }
        }
        Change::AlterTable { table, action } => match &**action {
            AlterTable::AddPrimaryKey(key) | AlterTable::AddUnique(key) if key.deferrable => {
                Some(DEFERRED_KEY)
            }
            _ => rules(table),
        },
        Change::CreateIndex { table, .. } => rules(table),
        _ => owned(change),
    };
    found.or_else(|| folded(after))
}

/// The expressions that are in SQLite's own definition of a table must answer the same each time.
fn rules(table: &Table) -> Option<Unsupported> {
    let checks = table.checks.iter().map(|check| &check.condition);
    let generated = table.columns.iter().filter_map(|column| column.generated.as_ref());
    let keys = table.indexes.iter().flat_map(|index| &index.terms).filter_map(|term| match &term.key {
        IndexKey::Expression(expr) => Some(expr),
        IndexKey::Column(_) => None,
    });
    let conditions = table.indexes.iter().filter_map(|index| index.predicate.as_ref());
    let changes = |expr: &Expr| {
        let mut found = false;
        Part::Expr(expr).every_expr(&mut |expr| {
            if let Node::Apply { operation, .. } = &expr.node {
                found |= operation.context.is_some() || operation.volatility == Volatility::Volatile;
            }
        });
        found
    };
    checks.chain(generated).chain(keys).chain(conditions).any(changes).then_some(CHANGING_RULE)
}

/// The expressions that a change gives to tables and views.
fn owned(change: &Change) -> Option<Unsupported> {
    match change {
        Change::CreateView(view) | Change::ReplaceView(view) => find(Part::Query(&view.query)),
        Change::CreatePolicy { policy, .. } => {
            policy.using.iter().chain(&policy.check).find_map(|expr| find(Part::Expr(expr)))
        }
        _ => None,
    }
}

/// SQLite folds the case of ASCII letters in names.
fn folded(catalog: &Catalog) -> Option<Unsupported> {
    let mut tables: Vec<_> =
        catalog.tables().map(|table| crate::sqlite::stored_name(&table.name).to_ascii_lowercase()).collect();
    let twice = |names: &mut Vec<String>| {
        names.sort_unstable();
        names.windows(2).any(|pair| pair[0] == pair[1])
    };
    let columns = catalog.tables().any(|table| {
        twice(&mut table.columns.iter().map(|column| column.name.as_str().to_ascii_lowercase()).collect())
    });
    (columns || twice(&mut tables)).then_some(FOLDED_NAME)
}

fn find(part: Part<'_>) -> Option<Unsupported> {
    let own = match part {
        Part::Expr(expr) => of_expr(expr),
        Part::Write(write) => of_write(write),
        Part::Query(_) | Part::Relation(_) => None,
    };
    let mut found = own;
    part.each(&mut |part| {
        if found.is_none() {
            found = find(part);
        }
    });
    found
}

fn of_expr(expr: &Expr) -> Option<Unsupported> {
    match &expr.node {
        Node::Window(window) if window.frame.as_ref().is_some_and(has_distance) => {
            let number = |key: &SortKey| {
                matches!(key.expr.ty.category(), Category::Numeric) && key.expr.ty != Type::Numeric
            };
            (!window.order.iter().all(number)).then_some(RANGE_FRAME)
        }
        _ if expr.ty == Type::Record => Some(RECORD),
        _ => None,
    }
}

fn has_distance(frame: &Frame) -> bool {
    let distance = |bound: &FrameBound| matches!(bound, FrameBound::Preceding(_) | FrameBound::Following(_));
    frame.unit == FrameUnit::Range && (distance(&frame.start) || distance(&frame.end))
}

fn flatten<'s>(source: &'s Source, into: &mut Vec<&'s Relation>) {
    match source {
        Source::Relation(relation) => into.push(relation),
        Source::Join { left, right, .. } => {
            flatten(left, into);
            flatten(right, into);
        }
    }
}

fn uses(part: Part<'_>, relations: &[RelationId]) -> bool {
    let mut found = false;
    part.every_expr(&mut |expr| {
        found |= matches!(&expr.node, Node::Column { relation, .. } if relations.contains(relation));
    });
    found
}

fn of_write(write: &Write) -> Option<Unsupported> {
    let source = match write {
        Write::Update(Update { from: Some(source), .. })
        | Write::Delete(Delete { using: Some(source), .. }) => source,
        _ => return None,
    };
    let mut relations = Vec::new();
    flatten(source, &mut relations);
    let others: Vec<_> = relations.iter().map(|relation| relation.id).collect();
    let returned = write.returning().iter().any(|output| uses(Part::Expr(&output.expr), &others));
    returned.then_some(RETURNING_OTHERS)
}
