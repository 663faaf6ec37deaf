//! Aggregates that put rows together: `string_agg`, `array_agg`, `json_agg` and their kin. They keep their rows, so that a moving
//! window can let go of the oldest.

use std::collections::VecDeque;
use std::sync::Arc;

use algebra::jsonb;
use algebra::types::Type;
use algebra::value::{Value, ValueError};

use super::{Aggregate, Arguments, Gather, array};
use crate::sqlite::rows;

type Answer = Result<Value, ValueError>;

pub(super) static AGGREGATES: &[Aggregate] = &[
    Aggregate { symbol: "pg_string_agg_text", begin: || Box::new(Joined::default()) },
    Aggregate { symbol: "pg_string_agg_bytea", begin: || Box::new(Joined::default()) },
    Aggregate { symbol: "pg_array_agg", begin: || Box::new(Kept::new(array_agg)) },
    Aggregate { symbol: "pg_json_agg", begin: || Box::new(Kept::new(json_agg)) },
    Aggregate { symbol: "pg_jsonb_agg", begin: || Box::new(Kept::new(jsonb_agg)) },
    Aggregate { symbol: "pg_json_object_agg", begin: || Box::new(Kept::new(json_object_agg)) },
    Aggregate { symbol: "pg_jsonb_object_agg", begin: || Box::new(Kept::new(jsonb_object_agg)) },
];

/// Texts or bytes with what stands before each; the first one's is left out.
#[derive(Default)]
struct Joined {
    parts: VecDeque<(Value, Value)>,
}

impl Gather for Joined {
    fn add(&mut self, row: &Arguments<'_>) -> Result<(), ValueError> {
        self.parts.push_back((row.value(1), row.value(0)));
        Ok(())
    }

    fn remove(&mut self, _: &Arguments<'_>) -> Result<(), ValueError> {
        self.parts.pop_front();
        Ok(())
    }

    fn value(&self) -> Answer {
        let mut joined = Value::Null;
        for (separator, part) in self.parts.iter().filter(|(_, part)| *part != Value::Null) {
            match (&mut joined, separator, part) {
                (Value::Null, _, part) => joined = part.clone(),
                (Value::Text(text), separator, Value::Text(part)) => {
                    if let Value::Text(separator) = separator {
                        text.push_str(separator);
                    }
                    text.push_str(part);
                }
                (Value::Bytes(bytes), separator, Value::Bytes(part)) => {
                    if let Value::Bytes(separator) = separator {
                        bytes.extend_from_slice(separator);
                    }
                    bytes.extend_from_slice(part);
                }
                _ => {}
            }
        }
        Ok(joined)
    }
}

/// Makes one value of rows of typed values.
type Build = fn(&VecDeque<Vec<Value>>, &[Type]) -> Answer;

/// Rows of typed arguments; NULL of none.
struct Kept {
    build: Build,
    types: Option<Arc<Vec<Type>>>,
    rows: VecDeque<Vec<Value>>,
}

impl Kept {
    fn new(build: Build) -> Self {
        Self { build, types: None, rows: VecDeque::new() }
    }
}

impl Gather for Kept {
    fn add(&mut self, row: &Arguments<'_>) -> Result<(), ValueError> {
        let types = match &self.types {
            Some(types) => types,
            None => self.types.insert(row.types(0)?),
        };
        let values = types.iter().enumerate().map(|(index, ty)| rows::value(row.cell(index + 1), ty));
        self.rows.push_back(values.collect());
        Ok(())
    }

    fn remove(&mut self, _: &Arguments<'_>) -> Result<(), ValueError> {
        self.rows.pop_front();
        Ok(())
    }

    fn value(&self) -> Answer {
        match &self.types {
            Some(types) if !self.rows.is_empty() => (self.build)(&self.rows, types),
            _ => Ok(Value::Null),
        }
    }
}

fn first(rows: &VecDeque<Vec<Value>>) -> impl Iterator<Item = &Value> {
    rows.iter().filter_map(|row| row.first())
}

fn array_agg(rows: &VecDeque<Vec<Value>>, types: &[Type]) -> Answer {
    let values: Vec<_> = first(rows).cloned().collect();
    Ok(Value::Text(array::join(&values, types.first().unwrap_or(&Type::Text))))
}

fn json_agg(rows: &VecDeque<Vec<Value>>, types: &[Type]) -> Answer {
    let ty = types.first().unwrap_or(&Type::Text);
    let values: Vec<_> = first(rows).map(|value| (value, ty)).collect();
    Ok(Value::Text(jsonb::build_array(&values)))
}

fn jsonb_agg(rows: &VecDeque<Vec<Value>>, types: &[Type]) -> Answer {
    let ty = types.first().unwrap_or(&Type::Text);
    let values: Vec<_> = first(rows).map(|value| (value, ty)).collect();
    Ok(Value::Text(jsonb::jsonb_build_array(&values)?.to_string()))
}

fn pairs<'a>(rows: &'a VecDeque<Vec<Value>>, types: &'a [Type]) -> Result<Vec<jsonb::Typed<'a>>, ValueError> {
    if rows.iter().any(|row| row.first().is_none_or(|key| *key == Value::Null)) {
        return Err(ValueError::new("22023", "field name must not be null"));
    }
    Ok(rows.iter().flat_map(|row| row.iter().zip(types)).collect())
}

fn json_object_agg(rows: &VecDeque<Vec<Value>>, types: &[Type]) -> Answer {
    // The aggregate spaces its braces where the function does not.
    let object = jsonb::build_object(&pairs(rows, types)?)?;
    let inner = object.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or_default();
    Ok(Value::Text(format!("{{ {inner} }}")))
}

fn jsonb_object_agg(rows: &VecDeque<Vec<Value>>, types: &[Type]) -> Answer {
    Ok(Value::Text(jsonb::jsonb_build_object(&pairs(rows, types)?)?.to_string()))
}
