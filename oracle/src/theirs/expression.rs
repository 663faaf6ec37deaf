//! Expressions of PostgreSQL's tree.
//!
//! **Must not:** know statements.

use pg_query::NodeEnum;
use pg_query::protobuf::{
    AArrayExpr, AConst, AExpr, AExprKind, AIndirection, BoolExprType, BoolTestType, CaseExpr, CoercionForm,
    JsonValueType, MinMaxOp, Node, NullTestType, SqlValueFunctionOp, SubLink, SubLinkType, TypeName,
    XmlExprOp, a_const,
};
use pgsql::syntax::grouping::word;

use super::call::call;
use super::query::query;
use super::{list, name, node, opt, string};

pub(crate) fn boxed(field: &Option<Box<Node>>) -> String {
    field.as_ref().and_then(|found| found.node.as_ref()).map_or(String::new(), expr)
}

pub(crate) fn expr(found: &NodeEnum) -> String {
    match found {
        NodeEnum::AConst(constant) => literal(constant),
        NodeEnum::ParamRef(parameter) => format!("${}", parameter.number),
        NodeEnum::ColumnRef(column) => {
            let parts = column.fields.iter().map(|part| match node(part) {
                NodeEnum::AStar(_) => "*".to_owned(),
                _ => word(string(part)),
            });
            parts.collect::<Vec<_>>().join(".")
        }
        NodeEnum::AExpr(operation) => operation_text(operation),
        NodeEnum::BoolExpr(connective) => match connective.boolop() {
            BoolExprType::AndExpr => format!("({})", list(&connective.args, " and ")),
            BoolExprType::OrExpr => format!("({})", list(&connective.args, " or ")),
            _ => format!("(not {})", list(&connective.args, "")),
        },
        NodeEnum::NullTest(test) => {
            let not = if test.nulltesttype() == NullTestType::IsNotNull { "not " } else { "" };
            format!("({} is {not}null)", boxed(&test.arg))
        }
        NodeEnum::BooleanTest(test) => {
            let form = match test.booltesttype() {
                BoolTestType::IsTrue => "true",
                BoolTestType::IsNotTrue => "not true",
                BoolTestType::IsFalse => "false",
                BoolTestType::IsNotFalse => "not false",
                BoolTestType::IsUnknown => "unknown",
                _ => "not unknown",
            };
            format!("({} is {form})", boxed(&test.arg))
        }
        NodeEnum::SubLink(link) => sub_link(link),
        NodeEnum::TypeCast(cast) => {
            let target = cast.type_name.as_ref().map_or(String::new(), type_name);
            format!("({}::{target})", boxed(&cast.arg))
        }
        NodeEnum::FuncCall(found) => call(found),
        NodeEnum::CaseExpr(case) => case_text(case),
        NodeEnum::CoalesceExpr(values) => format!("coalesce({})", list(&values.args, ", ")),
        NodeEnum::MinMaxExpr(values) => {
            let word = if values.op() == MinMaxOp::IsGreatest { "greatest" } else { "least" };
            format!("{word}({})", list(&values.args, ", "))
        }
        NodeEnum::AArrayExpr(AArrayExpr { elements, .. }) => format!("array[{}]", list(elements, ", ")),
        NodeEnum::RowExpr(row) => {
            let explicit = row.row_format() == CoercionForm::CoerceExplicitCall;
            format!("{}({})", if explicit { "row" } else { "tuple" }, list(&row.args, ", "))
        }
        NodeEnum::AIndirection(found) => indirection(found),
        NodeEnum::CollateClause(clause) => {
            format!("({} collate {})", boxed(&clause.arg), name(&clause.collname))
        }
        NodeEnum::SqlvalueFunction(value) => {
            let precision = if value.typmod >= 0 { format!("({})", value.typmod) } else { String::new() };
            format!("{}{precision}", special(value.op()))
        }
        NodeEnum::NamedArgExpr(named) => format!("{} => {}", word(&named.name), boxed(&named.arg)),
        NodeEnum::GroupingFunc(grouping) => format!("grouping({})", list(&grouping.args, ", ")),
        NodeEnum::SetToDefault(_) => "default".to_owned(),
        NodeEnum::CurrentOfExpr(current) => format!("current of {}", word(&current.cursor_name)),
        NodeEnum::XmlExpr(xml) if xml.op() == XmlExprOp::IsDocument => {
            format!("({} is document)", list(&xml.args, ""))
        }
        NodeEnum::XmlExpr(xml) => {
            format!("xml {}", xml.op().as_str_name().trim_start_matches("IS_").to_lowercase())
        }
        NodeEnum::XmlSerialize(_) => "xml xmlserialize".to_owned(),
        NodeEnum::JsonIsPredicate(test) => {
            let item = match test.item_type() {
                JsonValueType::JsTypeObject => "json object",
                JsonValueType::JsTypeArray => "json array",
                JsonValueType::JsTypeScalar => "json scalar",
                _ => "json",
            };
            let unique = if test.unique_keys { " with unique keys" } else { "" };
            format!("({} is {item}{unique})", boxed(&test.expr))
        }
        NodeEnum::List(items) => list(&items.items, ", "),
        other => format!("?{other:?}"),
    }
}

fn operation_text(operation: &AExpr) -> String {
    let (left, right) = (boxed(&operation.lexpr), boxed(&operation.rexpr));
    let symbol = operator(&operation.name);
    let negated = if symbol == "<>" || symbol.starts_with('!') { "not " } else { "" };
    match operation.kind() {
        AExprKind::AexprOp if operation.lexpr.is_none() => format!("({symbol} {right})"),
        AExprKind::AexprOp => format!("({left} {symbol} {right})"),
        AExprKind::AexprOpAny => format!("({left} {symbol} any({right}))"),
        AExprKind::AexprOpAll => format!("({left} {symbol} all({right}))"),
        AExprKind::AexprDistinct => format!("({left} is distinct from {right})"),
        AExprKind::AexprNotDistinct => format!("({left} is not distinct from {right})"),
        AExprKind::AexprNullif => format!("nullif({left}, {right})"),
        AExprKind::AexprIn => format!("({left} {negated}in ({right}))"),
        AExprKind::AexprLike => pattern(operation, &format!("{negated}like")),
        AExprKind::AexprIlike => pattern(operation, &format!("{negated}ilike")),
        AExprKind::AexprSimilar => pattern(operation, &format!("{negated}similar to")),
        kind => {
            let (low, high) = match opt(&operation.rexpr) {
                Some(NodeEnum::List(bounds)) => (expr(node(&bounds.items[0])), expr(node(&bounds.items[1]))),
                other => (format!("?{other:?}"), String::new()),
            };
            let not = if matches!(kind, AExprKind::AexprNotBetween | AExprKind::AexprNotBetweenSym) {
                "not "
            } else {
                ""
            };
            let symmetric = if matches!(kind, AExprKind::AexprBetweenSym | AExprKind::AexprNotBetweenSym) {
                "symmetric "
            } else {
                ""
            };
            format!("({left} {not}between {symmetric}{low} and {high})")
        }
    }
}

/// The pattern may be wrapped in the function that knows its escape.
fn pattern(operation: &AExpr, word: &str) -> String {
    let left = boxed(&operation.lexpr);
    if let Some(NodeEnum::FuncCall(wrapper)) = opt(&operation.rexpr) {
        let function = name(&wrapper.funcname);
        if function == "pg_catalog.like_escape" || function == "pg_catalog.similar_to_escape" {
            let inner = expr(node(&wrapper.args[0]));
            let escape =
                wrapper.args.get(1).map_or(String::new(), |escape| format!(" escape {}", expr(node(escape))));
            return format!("({left} {word} {inner}{escape})");
        }
    }
    format!("({left} {word} {})", boxed(&operation.rexpr))
}

/// An operator, with its schema if it has one; the symbol itself is not quoted.
pub(crate) fn operator(parts: &[Node]) -> String {
    let (symbol, schema) = parts.split_last().expect("an operator has a name");
    let schema: String = schema.iter().map(|part| word(string(part)) + ".").collect();
    format!("{schema}{}", string(symbol))
}

fn sub_link(link: &SubLink) -> String {
    let inner = match opt(&link.subselect) {
        Some(NodeEnum::SelectStmt(select)) => query(select),
        other => format!("?{other:?}"),
    };
    let test = boxed(&link.testexpr);
    match link.sub_link_type() {
        SubLinkType::ExistsSublink => format!("(exists {inner})"),
        SubLinkType::ArraySublink => format!("(array {inner})"),
        SubLinkType::ExprSublink => format!("(subquery {inner})"),
        SubLinkType::AnySublink if link.oper_name.is_empty() => format!("({test} in {inner})"),
        SubLinkType::AnySublink => format!("({test} {} any {inner})", operator(&link.oper_name)),
        SubLinkType::AllSublink => format!("({test} {} all {inner})", operator(&link.oper_name)),
        other => format!("?{other:?}"),
    }
}

fn case_text(case: &CaseExpr) -> String {
    let mut text = String::from("(case");
    if case.arg.is_some() {
        text.push_str(&format!(" {}", boxed(&case.arg)));
    }
    for branch in &case.args {
        let NodeEnum::CaseWhen(when) = node(branch) else { continue };
        text.push_str(&format!(" when {} then {}", boxed(&when.expr), boxed(&when.result)));
    }
    if case.defresult.is_some() {
        text.push_str(&format!(" else {}", boxed(&case.defresult)));
    }
    text + " end)"
}

/// Steps into a value. `((a).b).c` and `(a).b.c` are the same; brackets after brackets are not, where parentheses part them.
fn indirection(found: &AIndirection) -> String {
    let mut path: Vec<&Node> = found.indirection.iter().collect();
    let mut base = opt(&found.arg);
    while let Some(NodeEnum::AIndirection(inner)) = base {
        let brackets =
            |step: Option<&Node>| step.is_some_and(|step| matches!(node(step), NodeEnum::AIndices(_)));
        if brackets(inner.indirection.last()) && brackets(path.first().copied()) {
            break;
        }
        path.splice(0..0, inner.indirection.iter());
        base = opt(&inner.arg);
    }
    format!("(({}){})", base.map_or(String::new(), expr), steps(path))
}

/// Fields and subscripts.
pub(crate) fn steps<'a>(path: impl IntoIterator<Item = &'a Node>) -> String {
    let steps = path.into_iter().map(|step| match node(step) {
        NodeEnum::AStar(_) => ".*".to_owned(),
        NodeEnum::AIndices(index) if index.is_slice => {
            format!("[{}:{}]", boxed(&index.lidx), boxed(&index.uidx))
        }
        NodeEnum::AIndices(index) => format!("[{}]", boxed(&index.uidx)),
        _ => format!(".{}", word(string(step))),
    });
    steps.collect()
}

fn literal(constant: &AConst) -> String {
    match &constant.val {
        _ if constant.isnull => "null".to_owned(),
        None => "null".to_owned(),
        Some(a_const::Val::Ival(value)) => value.ival.to_string(),
        Some(a_const::Val::Fval(value)) => value.fval.clone(),
        Some(a_const::Val::Boolval(value)) => value.boolval.to_string(),
        Some(a_const::Val::Sval(value)) => format!("'{}'", value.sval.replace('\'', "''")),
        Some(a_const::Val::Bsval(value)) => format!("{}'{}'", &value.bsval[..1], &value.bsval[1..]),
    }
}

/// A type with all it carries.
pub(crate) fn type_name(target: &TypeName) -> String {
    let mut text = String::from(if target.setof { "setof " } else { "" });
    let base = name(&target.names);
    text.push_str(&base);
    if target.pct_type {
        text.push_str("%type");
    }
    let mut modifiers = target.typmods.as_slice();
    if base == "pg_catalog.interval"
        && let Some((first, rest)) = modifiers.split_first()
    {
        if let Some(fields) = interval_fields(&expr(node(first))) {
            text.push_str(fields);
        }
        modifiers = rest;
    }
    if !modifiers.is_empty() {
        text.push_str(&format!("({})", list(modifiers, ", ")));
    }
    for bound in &target.array_bounds {
        text.push_str(&match node(bound) {
            NodeEnum::Integer(bound) if bound.ival >= 0 => format!("[{}]", bound.ival),
            _ => "[]".to_owned(),
        });
    }
    text
}

/// The mask of fields, as PostgreSQL's `INTERVAL_MASK` makes it.
fn interval_fields(mask: &str) -> Option<&'static str> {
    const MONTH: i32 = 1 << 1;
    const YEAR: i32 = 1 << 2;
    const DAY: i32 = 1 << 3;
    const HOUR: i32 = 1 << 10;
    const MINUTE: i32 = 1 << 11;
    const SECOND: i32 = 1 << 12;
    let fields = [
        (YEAR, " year"),
        (MONTH, " month"),
        (DAY, " day"),
        (HOUR, " hour"),
        (MINUTE, " minute"),
        (SECOND, " second"),
        (YEAR | MONTH, " year to month"),
        (DAY | HOUR, " day to hour"),
        (DAY | HOUR | MINUTE, " day to minute"),
        (DAY | HOUR | MINUTE | SECOND, " day to second"),
        (HOUR | MINUTE, " hour to minute"),
        (HOUR | MINUTE | SECOND, " hour to second"),
        (MINUTE | SECOND, " minute to second"),
    ];
    let mask = mask.parse::<i32>().ok()?;
    fields.iter().find(|(bits, _)| *bits == mask).map(|(_, text)| *text)
}

fn special(value: SqlValueFunctionOp) -> &'static str {
    match value {
        SqlValueFunctionOp::SvfopCurrentDate => "current_date",
        SqlValueFunctionOp::SvfopCurrentTime | SqlValueFunctionOp::SvfopCurrentTimeN => "current_time",
        SqlValueFunctionOp::SvfopCurrentTimestamp | SqlValueFunctionOp::SvfopCurrentTimestampN => {
            "current_timestamp"
        }
        SqlValueFunctionOp::SvfopLocaltime | SqlValueFunctionOp::SvfopLocaltimeN => "localtime",
        SqlValueFunctionOp::SvfopLocaltimestamp | SqlValueFunctionOp::SvfopLocaltimestampN => {
            "localtimestamp"
        }
        SqlValueFunctionOp::SvfopCurrentRole => "current_role",
        SqlValueFunctionOp::SvfopCurrentUser => "current_user",
        SqlValueFunctionOp::SvfopUser => "user",
        SqlValueFunctionOp::SvfopSessionUser => "session_user",
        SqlValueFunctionOp::SvfopCurrentCatalog => "current_catalog",
        _ => "current_schema",
    }
}
