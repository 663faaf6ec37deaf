//! Calls of functions: which one is meant, its arguments, and the few that the binder answers itself.

use algebra::expression::{CastStrength, Expr, Node};
use algebra::operation::{Form, Operation, Unresolved, by_name, function};
use algebra::types::{ColumnType, Type};
use algebra::value::Value;

use super::binder::{Binder, Typed};
use super::coerce::can_coerce;
use super::expression::apply_symbol;
use super::fail::{Bind, refused, unsupported};
use super::logic::is_null;
use super::lookup::{Found, WholeRow, whole_row};
use super::near::nearest;
use super::refuse;
use crate::diagnostic::Diagnostic;
use crate::syntax::expression as syntax;
use crate::syntax::expression::{Call, ExprKind};
use crate::syntax::name::{ObjectName, Span};
use crate::syntax::type_name::TypeName;

/// Functions that take the name of a sequence first.
const OVER_SEQUENCES: &[&str] = &["nextval", "currval", "setval"];

impl Binder<'_> {
    pub(crate) fn call(&mut self, call: &Call, span: Span) -> Bind<Typed> {
        if call.over.is_some() {
            return self.window_call(call, span);
        }
        let overloads = self.overloads(&call.name);
        if overloads.iter().any(|operation| operation.form == Form::Aggregate) {
            return self.aggregate_call(call, &overloads, span);
        }
        if overloads.iter().any(|operation| operation.form == Form::Window) {
            let message = format!("window function {} requires an OVER clause", call.name.last().text);
            return Err(refused("42809", message, span));
        }
        refuse_aggregate_clauses(call, span)?;
        if call.name.last().text == "pg_typeof" {
            return self.type_of_value(call, span);
        }
        if call.name.last().text == "current_setting" {
            return self.current_setting(call, span);
        }
        let arguments = self.arguments(call)?;
        if let Some(row) = self.row_conversion(call, &arguments, span) {
            return Ok(row);
        }
        if let (true, [value]) = (overloads.is_empty(), arguments.as_slice())
            && let Some(target) = self.type_called(&call.name)
            && can_coerce(value.ty(), &target.base, CastStrength::Explicit)
        {
            return self.cast_to(value.clone(), &target, span);
        }
        let (found, arguments) = self.resolve_call(call, &overloads, arguments, span)?;
        if found.operation.form == Form::SetReturning {
            return self.rows_value(call, found, arguments, span);
        }
        Ok(Typed::new(Expr::new(Node::Apply { operation: found.operation, arguments }, found.result), span))
    }

    /// A call by a type's name with one value is a cast: `date(at)`, `text(id)`.
    fn type_called(&self, name: &ObjectName) -> Option<ColumnType> {
        let written = TypeName {
            name: name.clone(),
            modifiers: Vec::new(),
            interval: None,
            array: Vec::new(),
            set_of: false,
            of_column: false,
            span: name.span,
        };
        self.declared(&written).ok().filter(|declared| declared.domain.is_none()).map(|declared| declared.ty)
    }

    /// The overloads that a written name means.
    pub(crate) fn overloads(&self, name: &ObjectName) -> Vec<&'static Operation> {
        let schema = name.schema().map(|schema| schema.text.as_str());
        let visible = |operation: &&'static Operation| match schema {
            Some(schema) => operation.schema == schema,
            None => {
                operation.schema == "pg_catalog"
                    || self.options.search_path.iter().any(|own| own.as_str() == operation.schema)
            }
        };
        let callable = |operation: &&'static Operation| !matches!(operation.form, Form::Infix | Form::Prefix);
        by_name(&name.last().text).iter().copied().filter(callable).filter(visible).collect()
    }

    /// Binds the arguments; a relation's name among them is its row.
    pub(crate) fn arguments(&mut self, call: &Call) -> Bind<Vec<Typed>> {
        if call.star && self.overloads(&call.name).is_empty() {
            return Err(self.unresolved_call(call, &[], &Unresolved::Missing, call.name.span));
        }
        if call.star {
            let name = call.name.dotted();
            let message = format!("{name}(*) specified, but {name} is not an aggregate function");
            return Err(refused("42809", message, call.name.span));
        }
        if call.arguments.iter().any(|argument| argument.name.is_some()) {
            return self.named_arguments(call);
        }
        let spread = call.variadic.then(|| call.arguments.last()).flatten();
        let mut bound = Vec::with_capacity(call.arguments.len());
        for argument in &call.arguments {
            if spread.is_some_and(|last| std::ptr::eq(last, argument)) {
                let ExprKind::Array(elements) = &*argument.value.kind else {
                    return Err(unsupported("variadic with an array that is not written out", argument.span));
                };
                for element in elements {
                    bound.push(self.expression(element)?);
                }
            } else {
                bound.push(self.argument(call, &argument.value)?);
            }
        }
        Ok(bound)
    }

    /// `f(name => value)`: brought into the order of the parameters; what is left out before a given one takes its default.
    fn named_arguments(&mut self, call: &Call) -> Bind<Vec<Typed>> {
        let function = call.name.last().text.as_str();
        let Some((names, default)) = parameter_names(function) else {
            return Err(unsupported(&format!("an argument of {function} by name"), call.name.span)
                .with_hint("Give the arguments in their order."));
        };
        let mut places: Vec<Option<Typed>> = Vec::with_capacity(names.len());
        for (position, argument) in call.arguments.iter().enumerate() {
            let at = match &argument.name {
                None => position,
                Some(name) => names.iter().position(|own| *own == name.text).ok_or_else(|| {
                    let message = format!("function {function} has no argument \"{}\"", name.text);
                    refused("42883", message, argument.span)
                })?,
            };
            if places.len() <= at {
                places.resize(at + 1, None);
            }
            if places[at].is_some() {
                let message = format!("argument name \"{}\" used more than once", names[at]);
                return Err(refused("42601", message, argument.span));
            }
            places[at] = Some(self.expression(&argument.value)?);
        }
        let missing = || refused("42883", format!("an argument of {function} is missing"), call.name.span);
        let filled = places.into_iter().map(|place| match (place, default) {
            (Some(value), _) => Ok(value),
            (None, Some(default)) => {
                Ok(Typed::new(Expr::constant(Value::Int(default), Type::Int4), call.name.span))
            }
            (None, None) => Err(missing()),
        });
        filled.collect()
    }

    fn argument(&mut self, call: &Call, value: &syntax::Expr) -> Bind<Typed> {
        if let (true, ExprKind::Cast(cast)) = (takes_sequence(call), &*value.kind)
            && cast.target.name.last().text == "regclass"
        {
            return self.expression(&cast.operand);
        }
        let row = match &*value.kind {
            ExprKind::Column(name) => match self.column(name)? {
                Found::Column(typed) => return Ok(typed),
                Found::Row(row) => row,
            },
            ExprKind::Star { qualifier: Some(name) } => {
                let (schema, relation) = (name.schema(), name.last());
                whole_row(self.entry(schema, relation)?.1)
            }
            _ => return self.expression(value),
        };
        let name = call.name.last().text.as_str();
        if let ("count", Some(present)) = (name, &row.present) {
            return Ok(Typed::new(present.clone(), value.span));
        }
        if !name.contains("json") {
            return Err(unsupported(&format!("a whole row as an argument of {name}"), value.span)
                .with_hint("Name the column that is meant."));
        }
        Ok(Typed::new(row_object(row, name.contains("jsonb")), value.span))
    }

    /// `to_jsonb(t)` and `row_to_json(t)` are the object that the row already became.
    fn row_conversion(&self, call: &Call, arguments: &[Typed], span: Span) -> Option<Typed> {
        let name = call.name.last().text.as_str();
        let [only] = arguments else { return None };
        let written = call.arguments.first()?;
        let is_row = match &*written.value.kind {
            ExprKind::Star { .. } => true,
            ExprKind::Column(_) => !matches!(only.expr.node, Node::Column { .. }),
            _ => false,
        };
        let converts = matches!(name, "to_json" | "to_jsonb" | "row_to_json");
        (converts && is_row && matches!(only.ty(), Type::Json | Type::Jsonb))
            .then(|| Typed::new(only.expr.clone(), span))
    }

    /// Finds the overload and converts the arguments to what it takes.
    pub(crate) fn resolve_call(
        &mut self,
        call: &Call,
        overloads: &[&'static Operation],
        arguments: Vec<Typed>,
        span: Span,
    ) -> Bind<(algebra::operation::Resolution, Vec<Expr>)> {
        let arguments = self.with_sequence(call, arguments)?;
        let types: Vec<_> = arguments.iter().map(|argument| argument.ty().clone()).collect();
        match function(overloads, &types, true) {
            Ok(found) => {
                let converted = self.converted(arguments, &found.arguments)?;
                Ok((found, converted))
            }
            Err(error) => Err(self.unresolved_call(call, &types, &error, span)),
        }
    }

    /// `nextval('s')`: the sequence is looked up now, and the constant becomes its full name.
    fn with_sequence(&mut self, call: &Call, mut arguments: Vec<Typed>) -> Bind<Vec<Typed>> {
        if !takes_sequence(call) {
            return Ok(arguments);
        }
        let Some(first) = arguments.first_mut() else { return Ok(arguments) };
        let Node::Constant(Value::Text(written)) = &first.expr.node else {
            return Err(unsupported("the name of a sequence that is not a constant", first.span));
        };
        let name = self.sequence_named(written, first.span)?;
        let full = format!("{}.{}", name.schema.as_str(), name.name.as_str());
        first.expr = Expr::constant(Value::Text(full), Type::Text);
        Ok(arguments)
    }

    fn type_of_value(&mut self, call: &Call, span: Span) -> Bind<Typed> {
        let arguments = self.arguments(call)?;
        let [value] = arguments.as_slice() else {
            let types: Vec<_> = arguments.iter().map(|argument| argument.ty().clone()).collect();
            return Err(self.unresolved_call(call, &types, &Unresolved::Missing, span));
        };
        let name = Value::Text(value.ty().name());
        Ok(Typed::new(Expr::constant(name, Type::Text), span))
    }

    pub(crate) fn unresolved_call(
        &self,
        call: &Call,
        types: &[Type],
        error: &Unresolved,
        span: Span,
    ) -> Diagnostic {
        let shown: Vec<_> = types.iter().map(Type::name).collect();
        let name = call.name.last().text.as_str();
        let signature = format!("{}({})", call.name.dotted(), shown.join(", "));
        match error {
            Unresolved::Ambiguous => refused("42725", format!("function {signature} is not unique"), span)
                .with_hint(
                    "Could not choose a best candidate function. You might need to add explicit type casts.",
                ),
            Unresolved::NotAlike => {
                refused("42804", "arguments declared \"anyelement\" are not all alike", span)
            }
            Unresolved::Undetermined { .. } => {
                refused("42804", "could not determine polymorphic type because input has type unknown", span)
            }
            Unresolved::Missing
                if self.overloads(&call.name).is_empty() && refuse::is_known_function(name) =>
            {
                unsupported(&format!("function {name}"), call.name.span)
            }
            Unresolved::Missing if self.lacks_schema(&call.name) => self.no_schema(&call.name),
            Unresolved::Missing => {
                let diagnostic =
                    refused("42883", format!("function {signature} does not exist"), call.name.span);
                if self.overloads(&call.name).is_empty() {
                    let names = algebra::operation::all()
                        .filter(|operation| !matches!(operation.form, Form::Infix | Form::Prefix))
                        .map(|operation| operation.name);
                    if let Some(near) = nearest(name, names) {
                        return diagnostic.with_hint(format!("Perhaps you meant \"{near}\"."));
                    }
                }
                diagnostic.with_hint(
                    "No function matches the given name and argument types. You might need to add explicit type casts.",
                )
            }
        }
    }
}

/// A row as a JSON object; NULL when an outer join made the row up.
fn row_object(row: WholeRow, jsonb: bool) -> Expr {
    let symbol = if jsonb { "pg_jsonb_row" } else { "pg_json_row" };
    let fields = row.fields.into_iter().flat_map(|field| {
        let name = Value::Text(field.name.as_str().to_owned());
        [Expr::constant(name, Type::Text), field.expr]
    });
    let object = apply_symbol(symbol, fields.collect());
    let Some(present) = row.present else { return object };
    let ty = object.ty.clone();
    let null = Expr::constant(Value::Null, ty.clone());
    let node = Node::Case { branches: vec![(is_null(present), null)], otherwise: Some(Box::new(object)) };
    Expr::new(node, ty)
}

/// `distinct`, `filter`, `order by` and `within group` are for aggregates.
fn refuse_aggregate_clauses(call: &Call, span: Span) -> Bind<()> {
    let name = call.name.dotted();
    let clause = if call.distinct {
        "DISTINCT"
    } else if call.filter.is_some() {
        "FILTER"
    } else if !call.order_by.is_empty() {
        "ORDER BY"
    } else if !call.within_group.is_empty() {
        "WITHIN GROUP"
    } else {
        return Ok(());
    };
    Err(refused("42809", format!("{clause} specified, but {name} is not an aggregate function"), span))
}

fn takes_sequence(call: &Call) -> bool {
    OVER_SEQUENCES.contains(&call.name.last().text.as_str())
}

/// The names of a function's parameters, and the default of those that may be left out between others.
fn parameter_names(function: &str) -> Option<(&'static [&'static str], Option<i64>)> {
    let names: (&'static [&'static str], Option<i64>) = match function {
        "make_interval" => (&["years", "months", "weeks", "days", "hours", "mins", "secs"], Some(0)),
        "make_date" => (&["year", "month", "day"], None),
        "make_time" => (&["hour", "min", "sec"], None),
        "make_timestamp" => (&["year", "month", "mday", "hour", "min", "sec"], None),
        "make_timestamptz" => (&["year", "month", "mday", "hour", "min", "sec", "timezone"], None),
        "jsonb_set" => (&["jsonb_in", "path", "replacement", "create_if_missing"], None),
        "jsonb_insert" => (&["jsonb_in", "path", "replacement", "insert_after"], None),
        _ => return None,
    };
    Some(names)
}
