//! Polymorphic signatures: what `anyelement`, `anyarray`, `anyenum` and the `anycompatible` family stand for in one call.
//!
//! **Must not:** choose between overloads.

use super::coercion::is_implicit;
use super::unify::common_type;
use super::{Pattern, Unresolved};
use crate::types::Type;

/// The types that the wildcards of one call stand for.
#[derive(Debug, Clone, Default)]
pub(super) struct Wildcards {
    element: Option<Type>,
    compatible: Option<Type>,
}

/// Whether an argument of this type fits the pattern, seen alone.
pub(super) fn accepts(pattern: &Pattern, ty: &Type) -> bool {
    if *ty == Type::Unknown {
        return true;
    }
    match pattern {
        Pattern::Is(declared) => is_implicit(ty, declared),
        Pattern::ArrayOf(element) => ty.element().is_some_and(|own| is_implicit(own, element)),
        Pattern::Element | Pattern::Any | Pattern::Compatible => true,
        Pattern::ArrayOfElement | Pattern::ArrayOfCompatible => ty.element().is_some(),
        Pattern::NonArray => ty.element().is_none(),
        Pattern::Enum => matches!(ty, Type::Enum(_)),
    }
}

/// Whether the arguments fit the wildcards together.
pub(super) fn consistent(patterns: &[Pattern], types: &[Type]) -> bool {
    match solve(patterns, types) {
        Ok(_) | Err(Unresolved::Undetermined { .. }) => true,
        Err(_) => false,
    }
}

/// Finds what the wildcards stand for.
pub(super) fn solve(patterns: &[Pattern], types: &[Type]) -> Result<Wildcards, Unresolved> {
    let element = elements(patterns, types)?;
    let compatible = compatibles(patterns, types)?;
    Ok(Wildcards { element, compatible })
}

fn elements(patterns: &[Pattern], types: &[Type]) -> Result<Option<Type>, Unresolved> {
    let mut found: Option<Type> = None;
    let mut asked = false;
    for (pattern, ty) in patterns.iter().zip(types) {
        let own = match pattern {
            Pattern::Element | Pattern::Enum => ty.clone(),
            Pattern::ArrayOfElement => ty.element().unwrap_or(&Type::Unknown).clone(),
            _ => continue,
        };
        asked = true;
        if own == Type::Unknown {
            continue;
        }
        match &found {
            Some(first) if *first != own => return Err(Unresolved::NotAlike),
            _ => found = Some(own),
        }
    }
    if asked && found.is_none() { Err(Unresolved::Undetermined { any: "anyelement" }) } else { Ok(found) }
}

fn compatibles(patterns: &[Pattern], types: &[Type]) -> Result<Option<Type>, Unresolved> {
    let mut own = Vec::new();
    for (pattern, ty) in patterns.iter().zip(types) {
        match pattern {
            Pattern::Compatible => own.push(ty.clone()),
            Pattern::ArrayOfCompatible => own.push(ty.element().unwrap_or(&Type::Unknown).clone()),
            _ => {}
        }
    }
    let has_array = patterns.contains(&Pattern::ArrayOfCompatible);
    if own.is_empty() {
        return Ok(None);
    }
    if has_array && own.iter().all(|ty| *ty == Type::Unknown) {
        return Err(Unresolved::Undetermined { any: "anycompatiblearray" });
    }
    let chosen = common_type(&own).map_err(|_| Unresolved::NotAlike)?;
    if own.iter().all(|ty| is_implicit(ty, &chosen)) { Ok(Some(chosen)) } else { Err(Unresolved::NotAlike) }
}

impl Wildcards {
    /// The type that the pattern stands for; `own` is the argument's type, `Unknown` for a result.
    pub(super) fn fill(&self, pattern: &Pattern, own: &Type) -> Type {
        let known = |ty: &Option<Type>| ty.clone().unwrap_or(Type::Text);
        match pattern {
            Pattern::Is(ty) => ty.clone(),
            Pattern::ArrayOf(element) => Type::array_of(element.clone()),
            Pattern::Element | Pattern::Enum => known(&self.element),
            Pattern::ArrayOfElement => Type::array_of(known(&self.element)),
            Pattern::Compatible => known(&self.compatible),
            Pattern::ArrayOfCompatible => Type::array_of(known(&self.compatible)),
            Pattern::Any | Pattern::NonArray if *own == Type::Unknown => Type::Text,
            Pattern::Any | Pattern::NonArray => own.clone(),
        }
    }
}
