//! Operators over json and jsonb, and what builds them. Lookups walk the stored text; only changes build trees.

use algebra::array;
use algebra::json::{Json, Kind};
use algebra::jsonb::{self, Tree};
use algebra::types::Type;
use algebra::value::{self, Value, ValueError};

use super::{Arguments, Body};
use crate::sqlite::rows;

type Answer = Result<Value, ValueError>;
type Found<'a> = Result<Option<Json<'a>>, ValueError>;

/// A found part as json, or as its text.
pub(super) fn shown(found: Option<Json<'_>>, as_text: bool) -> Answer {
    let Some(json) = found else { return Ok(Value::Null) };
    Ok(match as_text {
        false => Value::Text(json.raw().to_owned()),
        true => json.as_text()?.map_or(Value::Null, |text| Value::Text(text.into_owned())),
    })
}

fn field<'a>(row: &'a Arguments<'_>) -> Found<'a> {
    let json = Json::trusted(row.text(0)?);
    if json.kind() == Kind::Object { json.member(row.text(1)?) } else { Ok(None) }
}

fn element<'a>(row: &'a Arguments<'_>) -> Found<'a> {
    let json = Json::trusted(row.text(0)?);
    Ok(if json.kind() == Kind::Array { json.element(row.int(1)?) } else { None })
}

/// jsonb takes a scalar for an array of that one.
fn element_of_jsonb<'a>(row: &'a Arguments<'_>) -> Found<'a> {
    let json = Json::trusted(row.text(0)?);
    match json.kind() {
        Kind::Array | Kind::Object => element(row),
        _ => Ok(Some(json).filter(|_| row.int(1).is_ok_and(|index| matches!(index, 0 | -1)))),
    }
}

fn path<'a>(row: &'a Arguments<'_>) -> Found<'a> {
    Json::trusted(row.text(0)?).at_path(&texts(row.text(1)?))
}

/// The elements of a stored `text[]`.
pub(super) fn texts(stored: &str) -> Vec<Option<String>> {
    let text = |value| if let Value::Text(text) = value { Some(text) } else { None };
    array::unnest(stored, &Type::Text).into_iter().map(text).collect()
}

pub(super) fn tree(row: &Arguments<'_>, index: usize) -> Result<Tree, ValueError> {
    Tree::parse(row.text(index)?)
}

pub(super) fn stored(tree: Tree) -> Answer {
    Ok(Value::Text(tree.to_string()))
}

fn holds(row: &Arguments<'_>, container: usize) -> Answer {
    Ok(Value::Bool(tree(row, container)?.contains(&tree(row, 1 - container)?)))
}

/// Whether keys of a `text[]` are there; NULLs in it are passed over.
fn has_keys(row: &Arguments<'_>, all: bool) -> Answer {
    let (document, keys) = (tree(row, 0)?, texts(row.text(1)?));
    let mut keys = keys.iter().flatten();
    let has = |key: &String| document.has(key);
    Ok(Value::Bool(if all { keys.all(has) } else { keys.any(has) }))
}

fn without_keys(row: &Arguments<'_>) -> Answer {
    let keys = texts(row.text(1)?);
    keys.iter().flatten().try_fold(tree(row, 0)?, |tree, key| tree.delete_key(key)).and_then(stored)
}

/// The arguments with their types, which come first.
fn typed<T>(
    row: &Arguments<'_>,
    build: impl FnOnce(&[jsonb::Typed<'_>]) -> Result<T, ValueError>,
) -> Result<T, ValueError> {
    if row.len() == 0 {
        return build(&[]);
    }
    let types = row.types(0)?;
    let values: Vec<_> =
        types.iter().enumerate().map(|(index, ty)| rows::value(row.cell(index + 1), ty)).collect();
    let pairs: Vec<_> = values.iter().zip(types.iter()).collect();
    build(&pairs)
}

/// A row as `row_to_json` writes it: without spaces.
fn row_object(pairs: &[jsonb::Typed<'_>]) -> Answer {
    let mut out = vec![b'{'];
    for (index, pair) in pairs.chunks(2).enumerate() {
        let [(key, key_type), (value, value_type)] = pair else { continue };
        if index > 0 {
            out.push(b',');
        }
        value::write_json(key, key_type, &mut out);
        out.push(b':');
        value::write_json(value, value_type, &mut out);
    }
    out.push(b'}');
    Ok(Value::Text(String::from_utf8_lossy(&out).into_owned()))
}

pub(super) static BODIES: &[Body] = &[
    Body { symbol: "pg_json_row", run: |row| typed(row, row_object) },
    Body { symbol: "pg_jsonb_row", run: |row| stored(typed(row, jsonb::jsonb_build_object)?) },
    Body { symbol: "pg_json_field", run: |row| shown(field(row)?, false) },
    Body { symbol: "pg_json_element", run: |row| shown(element(row)?, false) },
    Body { symbol: "pg_json_field_text", run: |row| shown(field(row)?, true) },
    Body { symbol: "pg_json_element_text", run: |row| shown(element(row)?, true) },
    Body { symbol: "pg_json_path", run: |row| shown(path(row)?, false) },
    Body { symbol: "pg_json_path_text", run: |row| shown(path(row)?, true) },
    Body { symbol: "pg_jsonb_field", run: |row| shown(field(row)?, false) },
    Body { symbol: "pg_jsonb_element", run: |row| shown(element_of_jsonb(row)?, false) },
    Body { symbol: "pg_jsonb_field_text", run: |row| shown(field(row)?, true) },
    Body { symbol: "pg_jsonb_element_text", run: |row| shown(element_of_jsonb(row)?, true) },
    Body { symbol: "pg_jsonb_path", run: |row| shown(path(row)?, false) },
    Body { symbol: "pg_jsonb_path_text", run: |row| shown(path(row)?, true) },
    Body { symbol: "pg_jsonb_contains", run: |row| holds(row, 0) },
    Body { symbol: "pg_jsonb_contained", run: |row| holds(row, 1) },
    Body { symbol: "pg_jsonb_exists", run: |row| Ok(Value::Bool(tree(row, 0)?.has(row.text(1)?))) },
    Body { symbol: "pg_jsonb_exists_any", run: |row| has_keys(row, false) },
    Body { symbol: "pg_jsonb_exists_all", run: |row| has_keys(row, true) },
    Body { symbol: "pg_jsonb_concat", run: |row| stored(tree(row, 0)?.concatenate(tree(row, 1)?)) },
    Body { symbol: "pg_jsonb_delete_text", run: |row| stored(tree(row, 0)?.delete_key(row.text(1)?)?) },
    Body { symbol: "pg_jsonb_delete_array", run: without_keys },
    Body { symbol: "pg_jsonb_delete_int4", run: |row| stored(tree(row, 0)?.delete_element(row.int(1)?)?) },
    Body {
        symbol: "pg_jsonb_delete_path",
        run: |row| stored(tree(row, 0)?.delete_path(&texts(row.text(1)?))?),
    },
    Body { symbol: "pg_json_build_object", run: |row| typed(row, jsonb::build_object).map(Value::Text) },
    Body { symbol: "pg_jsonb_build_object", run: |row| stored(typed(row, jsonb::jsonb_build_object)?) },
    Body {
        symbol: "pg_json_build_array",
        run: |row| typed(row, |values| Ok(Value::Text(jsonb::build_array(values)))),
    },
    Body { symbol: "pg_jsonb_build_array", run: |row| stored(typed(row, jsonb::jsonb_build_array)?) },
];
