//! Tables and indexes of our tree.
//!
//! **Must not:** smooth over a difference.

use pgsql::syntax::change::{ConflictAction, ConflictTarget, Insert, InsertSource, OnConflict};
use pgsql::syntax::grouping::{grouped, grouped_name, grouped_statement, grouped_type, word};
use pgsql::syntax::name::{Name, ObjectName, Span};
use pgsql::syntax::statement::{Statement, StatementKind};
use pgsql::syntax::table::{
    ColumnConstraint, ColumnConstraintKind, ColumnDefinition, ConstraintAttributes, CreateIndex, CreateTable,
    ForeignTarget, IndexElement, MatchKind, Persistence, ReferentialAction, TableConstraint,
    TableConstraintKind, TableElement,
};

use super::{names, words};

pub(super) fn create_table(table: &CreateTable) -> String {
    let persistence = match table.persistence {
        Persistence::Permanent => "p",
        Persistence::Temporary => "t",
        Persistence::Unlogged => "u",
    };
    let elements = table.elements.iter().map(|element| match element {
        TableElement::Column(found) => column(found),
        TableElement::Constraint(found) => table_constraint(found),
        TableElement::Like(found) => format!("like {}", grouped_name(&found.table)),
    });
    let elements = elements.collect::<Vec<_>>().join(", ");
    let parents = match &table.partition_of {
        Some(parent) => grouped_name(parent),
        None => names(&table.inherits),
    };
    format!(
        "create table {persistence} {} if_not_exists={} ({elements}) inherits ({parents}) partitioned={}",
        grouped_name(&table.name),
        table.if_not_exists,
        table.partition_by.is_some()
    )
}

pub(super) fn column(column: &ColumnDefinition) -> String {
    let target = column.type_name.as_ref().map_or(String::new(), grouped_type);
    let collation =
        column.collation.as_ref().map_or(String::new(), |name| format!(" collate {}", grouped_name(name)));
    let constraints = column.constraints.iter().map(column_constraint).collect::<String>();
    format!("{} {target}{collation}{constraints}", word(&column.name.text))
}

pub(super) fn column_constraint(constraint: &ColumnConstraint) -> String {
    let name = constraint.name.as_ref().map_or(String::new(), |name| format!("{}:", word(&name.text)));
    let kind = match &constraint.kind {
        ColumnConstraintKind::Null => "null".to_owned(),
        ColumnConstraintKind::NotNull => "not null".to_owned(),
        ColumnConstraintKind::Default(value) => format!("default {}", grouped(value)),
        ColumnConstraintKind::Check(check) => format!("check {}", grouped(check)),
        ColumnConstraintKind::Unique(options) if options.nulls_not_distinct => {
            "unique () nulls not distinct".to_owned()
        }
        ColumnConstraintKind::Unique(_) => "unique ()".to_owned(),
        ColumnConstraintKind::PrimaryKey(_) => "primary key ()".to_owned(),
        ColumnConstraintKind::References(target) => format!("foreign key () {}", foreign(target)),
        ColumnConstraintKind::Generated(value) => format!("generated {}", grouped(value)),
        ColumnConstraintKind::Identity { always, options } => {
            format!("identity always={always} {}", options.len())
        }
    };
    let mut text = format!(" [{name}{kind}");
    if constraint.attributes.no_inherit {
        text.push_str(" no inherit");
    }
    text.push_str(match constraint.attributes.deferrable {
        None => "",
        Some(true) => " deferrable",
        Some(false) => " not deferrable",
    });
    text.push_str(match constraint.attributes.initially_deferred {
        None => "",
        Some(true) => " deferred",
        Some(false) => " immediate",
    });
    text + "]"
}

pub(super) fn table_constraint(constraint: &TableConstraint) -> String {
    let name = constraint.name.as_ref().map_or(String::new(), |name| format!("{}:", word(&name.text)));
    let kind = match &constraint.kind {
        TableConstraintKind::Check(check) => format!("check {}", grouped(check)),
        TableConstraintKind::Unique { columns, options } => {
            let nulls = if options.nulls_not_distinct { " nulls not distinct" } else { "" };
            format!("unique ({}){nulls}{}", words(columns), including(&options.include))
        }
        TableConstraintKind::PrimaryKey { columns, options } => {
            format!("primary key ({}){}", words(columns), including(&options.include))
        }
        TableConstraintKind::UsingIndex { primary: true, index } => {
            format!("primary key () index {}", word(&index.text))
        }
        TableConstraintKind::UsingIndex { index, .. } => format!("unique () index {}", word(&index.text)),
        TableConstraintKind::ForeignKey { columns, target } => {
            format!("foreign key ({}) {}", words(columns), foreign(target))
        }
        TableConstraintKind::Exclude(found) => format!("exclude {}", found.elements.len()),
    };
    format!("[{name}{kind}{}]", attributes(constraint.attributes))
}

fn attributes(attributes: ConstraintAttributes) -> String {
    let deferred = attributes.initially_deferred == Some(true);
    let mut text = String::new();
    for (on, word) in [
        (attributes.no_inherit, " no inherit"),
        (attributes.deferrable == Some(true) || deferred, " deferrable"),
        (deferred, " deferred"),
        (attributes.not_valid, " not valid"),
    ] {
        if on {
            text.push_str(word);
        }
    }
    text
}

fn including(columns: &[Name]) -> String {
    if columns.is_empty() { String::new() } else { format!(" include ({})", words(columns)) }
}

fn foreign(target: &ForeignTarget) -> String {
    let kind = match target.match_kind {
        MatchKind::Simple => "s",
        MatchKind::Full => "f",
        MatchKind::Partial => "p",
    };
    let (delete, columns) = action(&target.on_delete);
    let (update, _) = action(&target.on_update);
    format!(
        "references {} ({}) match {kind} delete {delete}({columns}) update {update}",
        grouped_name(&target.table),
        words(&target.columns)
    )
}

fn action(action: &ReferentialAction) -> (&'static str, String) {
    match action {
        ReferentialAction::NoAction => ("a", String::new()),
        ReferentialAction::Restrict => ("r", String::new()),
        ReferentialAction::Cascade => ("c", String::new()),
        ReferentialAction::SetNull(columns) => ("n", words(columns)),
        ReferentialAction::SetDefault(columns) => ("d", words(columns)),
    }
}

pub(super) fn create_index(index: &CreateIndex) -> String {
    let name = index.name.as_ref().map_or(String::new(), |name| word(&name.text));
    // PostgreSQL's grammar puts the default method in.
    let method = index.method.as_ref().map_or("btree".to_owned(), |method| word(&method.text));
    let filter = index.filter.as_ref().map_or(String::new(), |filter| format!(" where {}", grouped(filter)));
    format!(
        "create index unique={} concurrently={} if_not_exists={} {name} on {} using {method} ({}) include ({}) nulls={}{filter}",
        index.unique,
        index.concurrently,
        index.if_not_exists,
        grouped_name(&index.table),
        elements(&index.elements),
        elements(&index.include),
        index.nulls_not_distinct
    )
}

/// The debug form knows elements only where a conflict names them; it is asked through one.
fn elements(elements: &[IndexElement]) -> String {
    if elements.is_empty() {
        return String::new();
    }
    let name = Name { text: "t".to_owned(), quoted: false, span: Span::default() };
    let insert = Insert {
        with: None,
        table: ObjectName::single(name),
        alias: None,
        columns: Vec::new(),
        overriding: None,
        source: InsertSource::DefaultValues,
        on_conflict: Some(OnConflict {
            target: Some(ConflictTarget::Columns { elements: elements.to_vec(), filter: None }),
            action: ConflictAction::Nothing,
            span: Span::default(),
        }),
        returning: Vec::new(),
    };
    let text = grouped_statement(&Statement {
        kind: StatementKind::Insert(Box::new(insert)),
        span: Span::default(),
    });
    let text = text.trim_start_matches("(insert into t default values on conflict (");
    text.trim_end_matches(") do nothing)").to_owned()
}
