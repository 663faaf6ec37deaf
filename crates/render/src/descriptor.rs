//! Shapes as constant texts: the first argument of the aggregate `json_rows`, which writes to-many embeds inside SQLite.
//!
//! `{"id":0:int4,"title":1:text,"owner":?2{"name":3:text}}`: each key is a JSON string, ready to be copied; a value is the number of
//! its column and its type's code; an object after `?n` is null when column n is. **Must not:** hold values.

use algebra::json::escape;
use algebra::shape::{Field, FieldValue, Shape};
use algebra::types::Type;

use crate::code;
use crate::cursor::Cursor;

/// The text of a shape.
#[must_use]
pub fn shape_descriptor(shape: &Shape) -> String {
    let mut text = String::new();
    push_shape(shape, &mut text);
    text
}

/// The shape that a text describes; `None` for a text that is none. Enums come back as text, which their JSON is.
#[must_use]
pub fn parse_shape(text: &str) -> Option<Shape> {
    let mut cursor = Cursor::new(text);
    let shape = read_shape(&mut cursor)?;
    cursor.at_end().then_some(shape)
}

fn push_shape(shape: &Shape, text: &mut String) {
    text.push('{');
    for (position, field) in shape.fields.iter().enumerate() {
        if position > 0 {
            text.push(',');
        }
        escape::push_string(&field.key, text);
        text.push(':');
        match &field.value {
            FieldValue::Column { column, ty } => {
                text.push_str(&column.to_string());
                text.push(':');
                code::push_type(&as_written(ty), text);
            }
            FieldValue::Object { present, shape } => {
                text.push('?');
                text.push_str(&present.to_string());
                push_shape(shape, text);
            }
        }
    }
    text.push('}');
}

/// JSON does not show the labels that an enum might have had.
fn as_written(ty: &Type) -> Type {
    match ty {
        Type::Enum(_) => Type::Text,
        Type::Array(element) => Type::array_of(as_written(element)),
        other => other.clone(),
    }
}

fn read_shape(cursor: &mut Cursor<'_>) -> Option<Shape> {
    let mut fields = Vec::new();
    if !cursor.take("{") {
        return None;
    }
    while !cursor.take("}") {
        if !fields.is_empty() && !cursor.take(",") {
            return None;
        }
        let key = cursor.string()?;
        if !cursor.take(":") {
            return None;
        }
        fields.push(Field { key, value: read_value(cursor)? });
    }
    Some(Shape { fields })
}

fn read_value(cursor: &mut Cursor<'_>) -> Option<FieldValue> {
    if cursor.take("?") {
        let present = cursor.number()?.try_into().ok()?;
        return Some(FieldValue::Object { present, shape: read_shape(cursor)? });
    }
    let column = cursor.number()?.try_into().ok()?;
    if !cursor.take(":") {
        return None;
    }
    Some(FieldValue::Column { column, ty: code::read_type(cursor)? })
}

#[cfg(test)]
mod tests {
    use super::{parse_shape, shape_descriptor};
    use algebra::shape::{Field, FieldValue, Shape};
    use algebra::types::Type;

    #[test]
    fn a_descriptor_gives_back_its_shape() {
        let owner = Shape {
            fields: vec![Field {
                key: "na\"me".to_owned(),
                value: FieldValue::Column { column: 3, ty: Type::Text },
            }],
        };
        let mut shape = Shape::flat([("id", Type::Int4), ("tags", Type::array_of(Type::Numeric))]);
        let object = FieldValue::Object { present: 2, shape: owner };
        shape.fields.push(Field { key: "owner".to_owned(), value: object });
        let text = r#"{"id":0:int4,"tags":1:_numeric,"owner":?2{"na\"me":3:text}}"#;
        assert_eq!(shape_descriptor(&shape), text);
        assert_eq!(parse_shape(text), Some(shape));
        assert_eq!(parse_shape("{}"), Some(Shape { fields: Vec::new() }));
        assert_eq!(parse_shape(r#"{"id":0}"#), None);
    }
}
