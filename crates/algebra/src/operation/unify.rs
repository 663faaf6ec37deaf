//! One type for several expressions: `case`, `coalesce`, `union`, `in`, `array[…]` and `anycompatible`.

use super::coercion::is_implicit;
use crate::types::Type;

/// The type that all of them become, by PostgreSQL's rules; `text` when none has a type.
///
/// # Errors
/// The first two types that do not go together.
pub fn common_type(types: &[Type]) -> Result<Type, (Type, Type)> {
    let mut known = types.iter().filter(|ty| **ty != Type::Unknown);
    let Some(mut chosen) = known.next() else { return Ok(Type::Text) };
    for ty in known {
        if ty == chosen {
            continue;
        }
        if ty.category() != chosen.category() {
            return Err((chosen.clone(), ty.clone()));
        }
        if !chosen.is_preferred() && is_implicit(chosen, ty) && !is_implicit(ty, chosen) {
            chosen = ty;
        }
    }
    Ok(chosen.clone())
}

/// Whether values of the type have an equality and an order.
#[must_use]
pub fn is_comparable(ty: &Type) -> bool {
    match ty {
        Type::Json | Type::Void => false,
        Type::Array(element) => is_comparable(element),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::common_type;
    use crate::types::Type;

    #[test]
    fn the_wider_type_wins_and_categories_do_not_mix() {
        assert_eq!(common_type(&[Type::Int4, Type::Unknown, Type::Numeric]), Ok(Type::Numeric));
        assert_eq!(common_type(&[Type::Float8, Type::Numeric]), Ok(Type::Float8));
        assert_eq!(common_type(&[Type::Varchar, Type::Text]), Ok(Type::Varchar));
        assert_eq!(common_type(&[Type::Unknown, Type::Unknown]), Ok(Type::Text));
        assert_eq!(common_type(&[Type::Int4, Type::Text]), Err((Type::Int4, Type::Text)));
    }
}
