//! `jsonb_to_recordset(x) as t (a int, b text)`: the columns spread to what they read from each object.

use algebra::expression::{CastStrength, Expr, Node};
use algebra::names::ColumnName;
use algebra::operation::{Operation, by_symbol};
use algebra::query::{Output, Query, Relation, RelationSource, Select, Source};
use algebra::types::{Category, Type};
use algebra::value::Value;

use super::binder::{Binder, Typed};
use super::expression::apply_symbol;
use super::fail::{Bind, refused, unsupported};
use super::from::{Sourced, renamed};
use super::logic::is_null;
use super::name::column_name;
use super::scope::{Entry, Namespace};
use crate::syntax::expression::Call;
use crate::syntax::name::Span;
use crate::syntax::query::FunctionReference;
use crate::syntax::type_name::TypedField;

/// What the functions of this family differ in.
struct Family {
    source: Type,
    elements: &'static str,
    field: &'static str,
    field_text: &'static str,
    many: bool,
}

fn family(name: &str) -> Option<Family> {
    let jsonb = name.starts_with("jsonb");
    let many = match name.strip_prefix("jsonb_to_").or_else(|| name.strip_prefix("json_to_"))? {
        "recordset" => true,
        "record" => false,
        _ => return None,
    };
    Some(if jsonb {
        Family {
            source: Type::Jsonb,
            elements: "pg_jsonb_array_elements",
            field: "pg_jsonb_field",
            field_text: "pg_jsonb_field_text",
            many,
        }
    } else {
        Family {
            source: Type::Json,
            elements: "pg_json_array_elements",
            field: "pg_json_field",
            field_text: "pg_json_field_text",
            many,
        }
    })
}

impl Binder<'_> {
    /// A function whose columns are written behind it.
    pub(crate) fn record_rows(
        &mut self,
        call: &Call,
        reference: &FunctionReference,
        fields: &[TypedField],
        span: Span,
    ) -> Bind<Sourced> {
        let name = call.name.last().text.as_str();
        let Some(family) = family(name) else {
            return Err(unsupported(&format!("a column definition list behind {name}"), span));
        };
        let mut arguments = self.arguments(call)?.into_iter();
        let (Some(document), None) = (arguments.next(), arguments.next()) else {
            return Err(refused("42883", format!("function {name} takes one argument"), span));
        };
        let document = self.implicit(document, &family.source)?;
        let inner = self.fresh_id();
        let value = ColumnName::literal("value");
        let object = Expr::column(inner, value.clone(), family.source.clone());
        let source = if family.many {
            let operation: &'static Operation =
                by_symbol(family.elements).expect("array elements are in the table");
            let columns = vec![(value, family.source.clone())];
            RelationSource::Function { operation, arguments: vec![document], columns }
        } else {
            let output = Output { expr: document, name: value };
            RelationSource::Query(Box::new(Query::select(Select {
                distinct: algebra::query::Distinct::No,
                outputs: vec![output],
                from: None,
                filter: None,
                grouping: algebra::query::Grouping::None,
                having: None,
            })))
        };
        let mut outputs = Vec::with_capacity(fields.len());
        for field in fields {
            outputs.push(self.record_field(&family, &object, field)?);
        }
        let from = Source::Relation(Relation { id: inner, source, lateral: false });
        let query = Query::select(Select::from(outputs, from));
        let id = self.fresh_id();
        let entry = Entry::new(name, id, query.columns());
        let entry = renamed(entry, reference.alias.as_ref())?;
        let source = RelationSource::Query(Box::new(query));
        let relation = Relation { id, source, lateral: !self.level().left.is_empty() };
        Ok((Source::Relation(relation), Namespace::of(entry)))
    }

    fn record_field(&mut self, family: &Family, object: &Expr, field: &TypedField) -> Bind<Output> {
        let target = self.type_of(&field.type_name)?;
        if target.base.category() == Category::Array {
            return Err(unsupported("an array read from json", field.span)
                .with_hint("Read it as jsonb and take its elements."));
        }
        let name = column_name(&field.name)?;
        let key = Expr::constant(Value::Text(name.as_str().to_owned()), Type::Text);
        let read = |symbol| apply_symbol(symbol, vec![object.clone(), key.clone()]);
        let text = read(family.field_text);
        if !matches!(target.base, Type::Json | Type::Jsonb) {
            let expr = self.coerce(Typed::new(text, field.span), &target, CastStrength::Explicit)?;
            return Ok(Output { expr, name });
        }
        // A json null is NULL in every column, also in one of json.
        let value = Typed::new(read(family.field), field.span);
        let value = self.coerce(value, &target, CastStrength::Explicit)?;
        let null = Expr::constant(Value::Null, target.base.clone());
        let node = Node::Case { branches: vec![(is_null(text), null)], otherwise: Some(Box::new(value)) };
        let expr = Expr::new(node, target.base);
        Ok(Output { expr, name })
    }
}
