//! Functions over json and jsonb.

use algebra::array;
use algebra::json::{Json, strip_nulls};
use algebra::jsonb::{self, Missing, Place, Tree, Typed};
use algebra::types::Type;
use algebra::value::{Value, ValueError, write_json};

use super::super::json::{shown, stored, texts, tree};
use super::super::{Arguments, Body};
use crate::sqlite::rows;

type Answer = Result<Value, ValueError>;

/// The one argument behind its type.
fn typed(row: &Arguments<'_>) -> Result<(Value, Type), ValueError> {
    let ty = row.type_of(0)?;
    Ok((rows::value(row.cell(1), &ty), ty))
}

fn to_json(row: &Arguments<'_>) -> Answer {
    let (value, ty) = typed(row)?;
    let mut out = Vec::new();
    write_json(&value, &ty, &mut out);
    Ok(Value::Text(String::from_utf8_lossy(&out).into_owned()))
}

fn to_jsonb(row: &Arguments<'_>) -> Answer {
    let (value, ty) = typed(row)?;
    stored(jsonb::to_jsonb((&value, &ty))?)
}

fn kind(row: &Arguments<'_>) -> Answer {
    Ok(Value::Text(Json::trusted(row.text(0)?).kind().name().to_owned()))
}

fn length(row: &Arguments<'_>) -> Answer {
    let length = Json::trusted(row.text(0)?).array_length()?;
    Ok(Value::Int(i64::try_from(length).unwrap_or(i64::MAX)))
}

/// A truth that may be left out.
fn flag(row: &Arguments<'_>, index: usize, otherwise: bool) -> Result<bool, ValueError> {
    if index < row.len() { row.bool(index) } else { Ok(otherwise) }
}

fn set(row: &Arguments<'_>) -> Answer {
    let missing = if flag(row, 3, true)? { Missing::Create } else { Missing::Keep };
    stored(tree(row, 0)?.set(&texts(row.text(1)?), &tree(row, 2)?, missing)?)
}

fn insert(row: &Arguments<'_>) -> Answer {
    let place = if flag(row, 3, false)? { Place::After } else { Place::Before };
    stored(tree(row, 0)?.insert(&texts(row.text(1)?), &tree(row, 2)?, place)?)
}

fn at_path(row: &Arguments<'_>, as_text: bool) -> Answer {
    let mut path = Vec::with_capacity(row.len());
    for index in 1..row.len() {
        path.push(Some(row.text(index)?.to_owned()));
    }
    shown(Json::trusted(row.text(0)?).at_path(&path)?, as_text)
}

/// The members of an object that arrays of texts write: one array of keys and values in turn, or one of each.
fn members(row: &Arguments<'_>) -> Result<Vec<Value>, ValueError> {
    let refused = |text: &str| ValueError::new("2202E", text);
    let first = row.text(0)?;
    let dimensions = array::dimensions(first, &Type::Text).unwrap_or(0);
    let values = array::unnest(first, &Type::Text);
    let members = if row.len() > 1 {
        let others = array::unnest(row.text(1)?, &Type::Text);
        if dimensions > 1 || array::dimensions(row.text(1)?, &Type::Text).is_some_and(|count| count > 1) {
            return Err(refused("wrong number of array subscripts"));
        }
        if values.len() != others.len() {
            return Err(refused("mismatched array dimensions"));
        }
        values.into_iter().zip(others).flat_map(|(key, value)| [key, value]).collect()
    } else {
        match dimensions {
            0 | 1 if values.len() % 2 == 1 => return Err(refused("array must have even number of elements")),
            2 if array::length(first, 2, &Type::Text) != Some(2) => {
                return Err(refused("array must have two columns"));
            }
            0..=2 => values,
            _ => return Err(refused("wrong number of array subscripts")),
        }
    };
    if members.iter().step_by(2).any(|key| *key == Value::Null) {
        return Err(ValueError::new("22004", "null value not allowed for object key"));
    }
    Ok(members)
}

fn pairs(members: &[Value]) -> Vec<Typed<'_>> {
    members.iter().map(|value| (value, &Type::Text)).collect()
}

fn object(row: &Arguments<'_>) -> Answer {
    jsonb::build_object(&pairs(&members(row)?)).map(Value::Text)
}

fn binary_object(row: &Arguments<'_>) -> Answer {
    stored(jsonb::jsonb_build_object(&pairs(&members(row)?))?)
}

pub(super) static BODIES: &[Body] = &[
    Body { symbol: "pg_to_json", run: to_json },
    Body { symbol: "pg_to_jsonb", run: to_jsonb },
    Body { symbol: "pg_array_to_json", run: to_json },
    Body { symbol: "pg_json_typeof", run: kind },
    Body { symbol: "pg_jsonb_typeof", run: kind },
    Body { symbol: "pg_json_array_length", run: length },
    Body { symbol: "pg_jsonb_array_length", run: length },
    Body { symbol: "pg_json_strip_nulls", run: |row| strip_nulls(row.text(0)?).map(Value::Text) },
    Body { symbol: "pg_jsonb_strip_nulls", run: |row| stored(Tree::strip_nulls(tree(row, 0)?)) },
    Body { symbol: "pg_jsonb_pretty", run: |row| Ok(Value::Text(tree(row, 0)?.pretty())) },
    Body { symbol: "pg_jsonb_set", run: set },
    Body { symbol: "pg_jsonb_insert", run: insert },
    Body { symbol: "pg_json_extract_path", run: |row| at_path(row, false) },
    Body { symbol: "pg_jsonb_extract_path", run: |row| at_path(row, false) },
    Body { symbol: "pg_json_extract_path_text", run: |row| at_path(row, true) },
    Body { symbol: "pg_jsonb_extract_path_text", run: |row| at_path(row, true) },
    Body { symbol: "pg_json_object", run: object },
    Body { symbol: "pg_json_object_pairs", run: object },
    Body { symbol: "pg_jsonb_object", run: binary_object },
    Body { symbol: "pg_jsonb_object_pairs", run: binary_object },
];
