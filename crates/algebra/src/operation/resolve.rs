//! From a name and the types of its arguments to the one overload that is meant, as PostgreSQL finds it.
//!
//! **Must not:** convert arguments: it says to which types the caller has to convert them.

use super::candidate::{Candidate, select};
use super::crossing::{crossings, is_comparison};
use super::polymorphic::solve;
use super::unify::is_comparable;
use super::{Form, Operation, Pattern, table};
use crate::types::Type;

/// The overload that is meant, the types its arguments must be brought to, and what it gives.
#[derive(Debug, Clone)]
pub struct Resolution {
    pub operation: &'static Operation,
    /// One for each argument that was given.
    pub arguments: Vec<Type>,
    /// The types that PostgreSQL's own signature declares: before both sides of an operator across types are brought to one.
    pub declared: Vec<Type>,
    pub result: Type,
}

/// Why no overload is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unresolved {
    /// No overload takes such arguments (42883).
    Missing,
    /// More than one does (42725).
    Ambiguous,
    /// Arguments that must have one type do not (42804).
    NotAlike,
    /// Nothing says which type a polymorphic argument has (42804).
    Undetermined { any: &'static str },
}

/// Finds the operator of this name over these types: one for a prefix operator, two for an infix one.
///
/// # Errors
/// [`Unresolved`] when no operator or more than one is meant.
pub fn operator(name: &str, types: &[Type]) -> Result<Resolution, Unresolved> {
    let candidates = operators(name, types);
    let assumed = alike(types);
    if let Some(exact) = candidates.iter().find(|candidate| candidate.is_exact(&assumed)) {
        return settle(exact.clone(), types);
    }
    let fitting: Vec<_> = candidates.into_iter().filter(|candidate| candidate.fits(types)).collect();
    choose(fitting, types)
}

/// Finds the function, aggregate or window function of this name among `overloads`.
///
/// # Errors
/// [`Unresolved`] when no function or more than one is meant.
pub fn function(
    overloads: &[&'static Operation],
    types: &[Type],
    spread: bool,
) -> Result<Resolution, Unresolved> {
    let candidates: Vec<_> =
        overloads.iter().filter_map(|operation| spread_to(operation, types, spread)).collect();
    if let Some(exact) = candidates.iter().find(|candidate| candidate.is_exact(types)) {
        return settle(exact.clone(), types);
    }
    let mut fitting: Vec<_> = candidates.into_iter().filter(|candidate| candidate.fits(types)).collect();
    // An overload that takes the arguments one by one goes before one that gathers them.
    if fitting.iter().any(|candidate| !candidate.spread) {
        let plain: Vec<_> = fitting.iter().filter(|candidate| !candidate.spread).cloned().collect();
        if plain
            .iter()
            .any(|one| fitting.iter().any(|other| other.spread && other.signature == one.signature))
        {
            fitting = plain;
        }
    }
    choose(fitting, types)
}

fn choose(mut fitting: Vec<Candidate>, types: &[Type]) -> Result<Resolution, Unresolved> {
    match fitting.len() {
        0 => Err(Unresolved::Missing),
        1 => settle(fitting.swap_remove(0), types),
        _ => settle(select(fitting, types).ok_or(Unresolved::Ambiguous)?, types),
    }
}

/// A literal beside one known type is taken to have that type when such an operator exists.
fn alike(types: &[Type]) -> Vec<Type> {
    match types {
        [Type::Unknown, other] | [other, Type::Unknown] => vec![other.clone(), other.clone()],
        _ => types.to_vec(),
    }
}

fn settle(candidate: Candidate, types: &[Type]) -> Result<Resolution, Unresolved> {
    let wildcards = solve(&candidate.signature, types)?;
    let mut arguments: Vec<_> =
        candidate.signature.iter().zip(types).map(|(pattern, own)| wildcards.fill(pattern, own)).collect();
    if is_comparison(candidate.operation.name) && !arguments.iter().all(is_comparable) {
        return Err(Unresolved::Missing);
    }
    let declared = arguments.clone();
    if let Some(common) = &candidate.common {
        arguments.fill(common.clone());
    }
    let result = match &candidate.operation.result {
        // An operation over a common type computes in it.
        Pattern::Is(ty) => ty.clone(),
        pattern => wildcards.fill(pattern, &Type::Unknown),
    };
    Ok(Resolution { operation: candidate.operation, arguments, declared, result })
}

fn operators(name: &str, types: &[Type]) -> Vec<Candidate> {
    let form = if types.len() == 1 { Form::Prefix } else { Form::Infix };
    let entries: Vec<&'static Operation> =
        table::by_name(name).iter().copied().filter(|operation| operation.form == form).collect();
    if is_comparison(name) {
        return entries.first().map(|operation| comparisons(operation)).unwrap_or_default();
    }
    let crossed = if form == Form::Infix { crossings(name) } else { &[] };
    let across = crossed.iter().filter_map(|(left, right, common)| {
        let operation = entries.iter().find(|operation| {
            operation.arguments.iter().all(|pattern| matches!(pattern, Pattern::Is(ty) if ty == common))
        })?;
        Some(Candidate {
            operation,
            signature: vec![Pattern::Is(left.clone()), Pattern::Is(right.clone())],
            common: Some(common.clone()),
            spread: false,
        })
    });
    let plain = entries.iter().map(|operation| Candidate {
        operation,
        signature: operation.arguments.to_vec(),
        common: None,
        spread: false,
    });
    plain.chain(across).collect()
}

/// One entry serves all comparisons of a kind; which types have one is the list of signatures plus arrays and enums.
fn comparisons(operation: &'static Operation) -> Vec<Candidate> {
    let listed = crossings(operation.name).iter().map(|(left, right, common)| Candidate {
        operation,
        signature: vec![Pattern::Is(left.clone()), Pattern::Is(right.clone())],
        common: Some(common.clone()),
        spread: false,
    });
    let wild = [Pattern::ArrayOfElement, Pattern::Enum].map(|pattern| Candidate {
        operation,
        signature: vec![pattern.clone(), pattern],
        common: None,
        spread: false,
    });
    listed.chain(wild).collect()
}

/// The overload's signature for this many arguments; `None` when it does not take as many.
fn spread_to(operation: &'static Operation, types: &[Type], spread: bool) -> Option<Candidate> {
    let declared = operation.arguments.len();
    let given = types.len();
    let least = declared.saturating_sub(usize::from(operation.optional));
    if given <= declared && given >= least {
        let mut signature = operation.arguments[..given].to_vec();
        if operation.variadic
            && !spread
            && given == declared
            && let Some(last) = signature.last_mut()
        {
            *last = gathered(last)?;
        }
        return Some(Candidate { operation, signature, common: None, spread: operation.variadic && spread });
    }
    if operation.variadic && spread && given > declared {
        let mut signature = operation.arguments.to_vec();
        signature.resize(given, operation.arguments.last()?.clone());
        return Some(Candidate { operation, signature, common: None, spread: true });
    }
    None
}

/// `variadic array`: the pattern of the array itself.
fn gathered(pattern: &Pattern) -> Option<Pattern> {
    match pattern {
        Pattern::Is(ty) => Some(Pattern::ArrayOf(ty.clone())),
        Pattern::Element => Some(Pattern::ArrayOfElement),
        Pattern::Compatible => Some(Pattern::ArrayOfCompatible),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
