//! Trees in a compact form for tests: `~t` is an implicit cast, `=>t` one on assignment, `::t` an explicit one.

use algebra::expression::{Aggregate, CastStrength, Expr, FrameBound, Node, RelationId, SortKey};
use algebra::operation::Form;
use algebra::query::{
    Body, Cte, CteBody, Distinct, Grouping, JoinKind, Output, Query, Relation, RelationSource, Select, Source,
};
use algebra::statement::{
    Assignment, ConflictAction, ConflictTarget, Delete, Insert, InsertSource, Statement, Update, Write,
};
use algebra::types::Type;
use algebra::value::Value;

use crate::Diagnostic;
use crate::bind::Bound;

pub(super) fn diagnostic(error: &Diagnostic, source: &str) -> String {
    let mut text = format!("{} {}", error.sqlstate.code(), error.message);
    let place = error.span.text(source);
    text.push_str(&format!(" @ {}", if place.len() > 60 { &place[..60] } else { place }));
    for (word, part) in [("detail", &error.detail), ("hint", &error.hint)] {
        if let Some(part) = part {
            text.push_str(&format!("\n{word}: {part}"));
        }
    }
    text
}

pub(super) fn bound(bound: &Bound) -> String {
    match bound {
        Bound::Statement(prepared) => {
            let types: Vec<_> = prepared.parameters.iter().map(Type::name).collect();
            let text = statement(&prepared.statement);
            if types.is_empty() { text } else { format!("{text} [{}]", types.join(", ")) }
        }
        Bound::Change(change) => super::change::change(change),
        Bound::Setting(setting) => {
            format!("set {} = {:?} local {}", setting.name, setting.value, setting.local)
        }
        Bound::Nothing => "nothing".to_owned(),
    }
}

pub(super) fn statement(statement: &Statement) -> String {
    match statement {
        Statement::Query(of) => query(of),
        Statement::Write(of) => write(of),
    }
}

pub(super) fn list<T>(items: &[T], one: impl Fn(&T) -> String) -> String {
    items.iter().map(one).collect::<Vec<_>>().join(", ")
}

pub(super) fn query(of: &Query) -> String {
    let mut text = String::new();
    if !of.ctes.is_empty() {
        text.push_str(&format!("with {} ", list(&of.ctes, cte)));
    }
    text.push_str(&match &of.body {
        Body::Select(of) => select(of),
        Body::Set { kind, all, left, right } => {
            let word = format!("{kind:?}").to_lowercase();
            let all = if *all { " all" } else { "" };
            format!("({}) {word}{all} ({})", query(left), query(right))
        }
        Body::Values { rows, .. } => {
            format!("values {}", list(rows, |row| format!("({})", list(row, expr))))
        }
    });
    if !of.order.is_empty() {
        text.push_str(&format!(" order by {}", list(&of.order, key)));
    }
    for (word, bound) in [("limit", &of.limit), ("offset", &of.offset)] {
        if let Some(bound) = bound {
            text.push_str(&format!(" {word} {}", expr(bound)));
        }
    }
    text
}

fn cte(of: &Cte) -> String {
    let recursive = if of.recursive { "recursive " } else { "" };
    let columns = list(&of.columns, |(name, ty)| format!("{} {}", name.as_str(), ty.name()));
    let body = match &of.body {
        CteBody::Query(of) => query(of),
        CteBody::Write(of) => write(of),
    };
    format!("{recursive}t{}({columns}) as ({body})", of.id.0)
}

fn select(of: &Select) -> String {
    let mut text = "select ".to_owned();
    match &of.distinct {
        Distinct::No => {}
        Distinct::Rows => text.push_str("distinct "),
        Distinct::On(keys) => text.push_str(&format!("distinct on ({}) ", list(keys, expr))),
    }
    text.push_str(&list(&of.outputs, output));
    if let Some(from) = &of.from {
        text.push_str(&format!(" from {}", source(from)));
    }
    if let Some(filter) = &of.filter {
        text.push_str(&format!(" where {}", expr(filter)));
    }
    match &of.grouping {
        Grouping::None => {}
        Grouping::By(keys) => text.push_str(&format!(" group by ({})", list(keys, expr))),
        Grouping::Sets(sets) => {
            text.push_str(&format!(" group by sets {}", list(sets, |set| format!("({})", list(set, expr)))));
        }
    }
    if let Some(having) = &of.having {
        text.push_str(&format!(" having {}", expr(having)));
    }
    text
}

fn output(of: &Output) -> String {
    format!("{} {}", expr(&of.expr), of.name.as_str())
}

fn source(of: &Source) -> String {
    match of {
        Source::Relation(of) => relation(of),
        Source::Join { kind, left, right, on } => {
            let word = match kind {
                JoinKind::Inner => "join",
                JoinKind::Left => "left join",
                JoinKind::Right => "right join",
                JoinKind::Full => "full join",
                JoinKind::Cross => "cross join",
            };
            let on = on.as_ref().map(|on| format!(" on {}", expr(on))).unwrap_or_default();
            format!("({} {word} {}{on})", source(left), source(right))
        }
    }
}

fn relation(of: &Relation) -> String {
    let lateral = if of.lateral { "lateral " } else { "" };
    let text = match &of.source {
        RelationSource::Table(name) => name.name.as_str().to_owned(),
        RelationSource::View(name) => format!("view {}", name.name.as_str()),
        RelationSource::Cte(id) => format!("cte {}", id.0),
        RelationSource::Query(of) => format!("({})", query(of)),
        RelationSource::Function { operation, arguments, columns } => {
            let columns = list(columns, |(name, ty)| format!("{} {}", name.as_str(), ty.name()));
            format!("{}({})({columns})", operation.symbol, list(arguments, expr))
        }
    };
    format!("{lateral}{text} t{}", of.id.0)
}

fn key(of: &SortKey) -> String {
    let direction = if of.descending { " desc" } else { "" };
    let nulls = if of.nulls_first == of.descending {
        ""
    } else if of.nulls_first {
        " nulls first"
    } else {
        " nulls last"
    };
    format!("{}{direction}{nulls}", expr(&of.expr))
}

fn value(of: &Value) -> String {
    match of {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(value) => value.to_string(),
        Value::Float(value) => format!("{value:?}"),
        Value::Text(text) => format!("'{text}'"),
        Value::Bytes(bytes) => format!("{bytes:?}"),
    }
}

fn constant(of: &Value, ty: &Type) -> String {
    match (of, ty) {
        (Value::Bool(_), Type::Bool) | (Value::Int(_), Type::Int4) | (Value::Text(_), Type::Text) => {
            value(of)
        }
        _ => format!("{}:{}", value(of), ty.name()),
    }
}

fn id(of: RelationId) -> String {
    if of == Select::OUTPUT {
        "output".to_owned()
    } else if of == RelationId::SELF {
        "self".to_owned()
    } else {
        format!("t{}", of.0)
    }
}

pub(super) fn expr(of: &Expr) -> String {
    match &of.node {
        Node::Constant(of_value) => constant(of_value, &of.ty),
        Node::Input(index) => format!("${}:{}", index + 1, of.ty.name()),
        Node::RowInput(index) => format!("row.{index}"),
        Node::RowPresent(index) => format!("row.{index}?"),
        Node::Column { relation, column } => format!("{}.{}", id(*relation), column.as_str()),
        Node::Apply { operation, arguments } => match (operation.form, arguments.as_slice()) {
            (Form::Infix, [left, right]) => format!("({} {} {})", expr(left), operation.name, expr(right)),
            (Form::Prefix, [operand]) => format!("({} {})", operation.name, expr(operand)),
            _ => format!("{}({})", operation.symbol, list(arguments, expr)),
        },
        Node::Cast { operand, target, strength } => {
            let mark = match strength {
                CastStrength::Implicit => "~",
                CastStrength::Assignment => "=>",
                CastStrength::Explicit => "::",
            };
            format!("{}{mark}{}", expr(operand), target.name())
        }
        Node::And(terms) => format!("({})", terms.iter().map(expr).collect::<Vec<_>>().join(" and ")),
        Node::Or(terms) => format!("({})", terms.iter().map(expr).collect::<Vec<_>>().join(" or ")),
        Node::Not(operand) => format!("not {}", expr(operand)),
        Node::IsNull(operand) => format!("({} is null)", expr(operand)),
        Node::IsTruth { operand, truth } => {
            format!("({} is {})", expr(operand), format!("{truth:?}").to_lowercase())
        }
        Node::IsDistinct { left, right } => format!("({} is distinct from {})", expr(left), expr(right)),
        Node::Case { branches, otherwise } => {
            let branches: Vec<_> = branches
                .iter()
                .map(|(when, then)| format!("when {} then {}", expr(when), expr(then)))
                .collect();
            let otherwise = otherwise.as_ref().map(|of| format!(" else {}", expr(of))).unwrap_or_default();
            format!("case {}{otherwise} end", branches.join(" "))
        }
        _ => more(of),
    }
}

fn more(of: &Expr) -> String {
    match &of.node {
        Node::Coalesce(items) => format!("coalesce({})", list(items, expr)),
        Node::NullIf(left, right) => format!("nullif({}, {})", expr(left), expr(right)),
        Node::Greatest(items) => format!("greatest({})", list(items, expr)),
        Node::Least(items) => format!("least({})", list(items, expr)),
        Node::InList { operand, list: items } => format!("({} in ({}))", expr(operand), list(items, expr)),
        Node::Quantified { operand, operation, array, all } => {
            let word = if *all { "all" } else { "any" };
            format!("({} {} {word} {})", expr(operand), operation.name, expr(array))
        }
        Node::ArrayOf(items) => format!("{}[{}]", of.ty.name(), list(items, expr)),
        Node::Subscript { array, index } => format!("{}[{}]", expr(array), expr(index)),
        Node::Slice { array, lower, upper } => {
            let bound = |of: &Option<Box<Expr>>| of.as_ref().map(|of| expr(of)).unwrap_or_default();
            format!("{}[{}:{}]", expr(array), bound(lower), bound(upper))
        }
        Node::Scalar(of) => format!("({})", query(of)),
        Node::Exists(of) => format!("exists ({})", query(of)),
        Node::InQuery { operands, query: of } => format!("(({}) in ({}))", list(operands, expr), query(of)),
        Node::ArrayQuery(of) => format!("array({})", query(of)),
        Node::Aggregate(of) => aggregate(of),
        Node::Window(of) => {
            let mut text = format!("{} over (", aggregate(&of.call));
            if !of.partition.is_empty() {
                text.push_str(&format!("partition by {} ", list(&of.partition, expr)));
            }
            if !of.order.is_empty() {
                text.push_str(&format!("order by {} ", list(&of.order, key)));
            }
            if let Some(frame) = &of.frame {
                text.push_str(&format!("{:?} {} {}", frame.unit, edge(&frame.start), edge(&frame.end)));
            }
            format!("{})", text.trim_end())
        }
        other => format!("{other:?}"),
    }
}

fn edge(of: &FrameBound) -> String {
    match of {
        FrameBound::UnboundedPreceding => "unbounded preceding".to_owned(),
        FrameBound::Preceding(offset) => format!("{} preceding", expr(offset)),
        FrameBound::CurrentRow => "current row".to_owned(),
        FrameBound::Following(offset) => format!("{} following", expr(offset)),
        FrameBound::UnboundedFollowing => "unbounded following".to_owned(),
    }
}

fn aggregate(of: &Aggregate) -> String {
    let distinct = if of.distinct { "distinct " } else { "" };
    let order =
        if of.order.is_empty() { String::new() } else { format!(" order by {}", list(&of.order, key)) };
    let filter = of.filter.as_ref().map(|of| format!(" filter {}", expr(of))).unwrap_or_default();
    format!("{}({distinct}{}{order}){filter}", of.operation.symbol, list(&of.arguments, expr))
}

fn write(of: &Write) -> String {
    match of {
        Write::Insert(of) => insert(of),
        Write::Update(of) => update(of),
        Write::Delete(of) => delete(of),
    }
}

fn returning(of: &[Output]) -> String {
    if of.is_empty() { String::new() } else { format!(" returning {}", list(of, output)) }
}

fn assignments(of: &[Assignment]) -> String {
    list(of, |one| format!("{} = {}", one.column.as_str(), expr(&one.value)))
}

fn insert(of: &Insert) -> String {
    let mut text = format!(
        "insert {} t{} ({})",
        of.table.name.as_str(),
        of.target.0,
        list(&of.columns, |column| column.as_str().to_owned())
    );
    text.push_str(&match &of.source {
        InsertSource::Query(of) => format!(" {}", query(of)),
        InsertSource::Rows { values, .. } => format!(" rows ({})", list(values, expr)),
        InsertSource::Defaults => " defaults".to_owned(),
    });
    if !of.defaults.is_empty() {
        let defaults = list(&of.defaults, |(name, value)| format!("{}: {}", name.as_str(), expr(value)));
        text.push_str(&format!(" else {{{defaults}}}"));
    }
    if of.override_identity {
        text.push_str(" overriding");
    }
    if let Some(conflict) = &of.conflict {
        text.push_str(" on conflict ");
        text.push_str(&match &conflict.target {
            ConflictTarget::Any => "any".to_owned(),
            ConflictTarget::Columns { columns, predicate } => {
                let predicate =
                    predicate.as_ref().map(|of| format!(" where {}", expr(of))).unwrap_or_default();
                format!("({}){predicate}", list(columns, |column| column.as_str().to_owned()))
            }
            ConflictTarget::Constraint { name, columns } => {
                format!("{} ({})", name.as_str(), list(columns, |column| column.as_str().to_owned()))
            }
        });
        text.push_str(&match &conflict.action {
            ConflictAction::Nothing => " nothing".to_owned(),
            ConflictAction::Update { excluded, set, filter } => {
                let filter = filter.as_ref().map(|of| format!(" where {}", expr(of))).unwrap_or_default();
                format!(" update excluded t{} set {}{filter}", excluded.0, assignments(set))
            }
        });
    }
    text + &returning(&of.returning)
}

fn update(of: &Update) -> String {
    let mut text = format!("update {} t{} set {}", of.table.name.as_str(), of.target.0, assignments(&of.set));
    if let Some(from) = &of.from {
        text.push_str(&format!(" from {}", source(from)));
    }
    if let Some(filter) = &of.filter {
        text.push_str(&format!(" where {}", expr(filter)));
    }
    text + &returning(&of.returning)
}

fn delete(of: &Delete) -> String {
    let mut text = format!("delete {} t{}", of.table.name.as_str(), of.target.0);
    if let Some(using) = &of.using {
        text.push_str(&format!(" using {}", source(using)));
    }
    if let Some(filter) = &of.filter {
        text.push_str(&format!(" where {}", expr(filter)));
    }
    text + &returning(&of.returning)
}
