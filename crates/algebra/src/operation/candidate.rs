//! The choice between overloads: PostgreSQL's rules for operators and functions with several candidates.
//!
//! **Must not:** know how a candidate was found.

use super::polymorphic::{accepts, consistent};
use super::{Operation, Pattern};
use crate::types::{Category, Type};

/// An overload, its signature spread to the number of arguments that were given.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub operation: &'static Operation,
    pub signature: Vec<Pattern>,
    /// Set where both sides are brought to this type before the operation is applied.
    pub common: Option<Type>,
    /// Whether the last arguments were taken as members of a variadic list.
    pub spread: bool,
}

impl Candidate {
    /// Whether the arguments can become the signature's types on their own.
    pub(super) fn fits(&self, types: &[Type]) -> bool {
        self.signature.iter().zip(types).all(|(pattern, ty)| accepts(pattern, ty))
            && consistent(&self.signature, types)
    }

    /// Whether every argument has exactly the signature's type.
    pub(super) fn is_exact(&self, types: &[Type]) -> bool {
        self.signature.iter().zip(types).all(|(pattern, ty)| is_exactly(pattern, ty))
    }
}

fn is_exactly(pattern: &Pattern, ty: &Type) -> bool {
    match pattern {
        Pattern::Is(declared) => declared == ty,
        Pattern::ArrayOf(element) => ty.element() == Some(element),
        _ => false,
    }
}

fn category(pattern: &Pattern) -> Category {
    match pattern {
        Pattern::Is(ty) => ty.category(),
        Pattern::ArrayOf(_) => Category::Array,
        _ => Category::Pseudo,
    }
}

fn is_preferred(pattern: &Pattern) -> bool {
    matches!(pattern, Pattern::Is(ty) if ty.is_preferred())
}

/// PostgreSQL's `func_select_candidate`: the one best of several that fit, `None` when there is no best.
pub(super) fn select(candidates: Vec<Candidate>, types: &[Type]) -> Option<Candidate> {
    let exact = |candidate: &Candidate| score(candidate, types, is_exactly);
    let mut left = most(candidates, exact);
    if left.len() > 1 {
        left = most(left, |candidate| {
            score(candidate, types, |pattern, ty| {
                is_exactly(pattern, ty) || (is_preferred(pattern) && category(pattern) == ty.category())
            })
        });
    }
    if left.len() > 1 {
        left = by_category(left, types)?;
    }
    if left.len() > 1 {
        left = by_known_type(left, types);
    }
    if left.len() == 1 { left.pop() } else { None }
}

fn score(candidate: &Candidate, types: &[Type], good: impl Fn(&Pattern, &Type) -> bool) -> usize {
    let pairs = candidate.signature.iter().zip(types);
    pairs.filter(|(pattern, ty)| **ty != Type::Unknown && good(pattern, ty)).count()
}

fn most(candidates: Vec<Candidate>, score: impl Fn(&Candidate) -> usize) -> Vec<Candidate> {
    let best = candidates.iter().map(&score).max().unwrap_or(0);
    candidates.into_iter().filter(|candidate| score(candidate) == best).collect()
}

/// Decides by the categories that the candidates take at the places of unknown type; `None` when nothing is unknown or the
/// candidates do not agree.
fn by_category(candidates: Vec<Candidate>, types: &[Type]) -> Option<Vec<Candidate>> {
    let unknown: Vec<usize> = (0..types.len()).filter(|at| types[*at] == Type::Unknown).collect();
    if unknown.is_empty() {
        return None;
    }
    let mut wanted = Vec::new();
    for at in unknown {
        let mut categories = candidates.iter().filter_map(|c| c.signature.get(at)).map(category);
        let first = categories.next()?;
        let all: Vec<_> = std::iter::once(first).chain(categories).collect();
        let slot = if all.contains(&Category::String) {
            Category::String
        } else if all.iter().all(|own| *own == first) {
            first
        } else {
            return Some(candidates);
        };
        let preferred = candidates
            .iter()
            .filter_map(|c| c.signature.get(at))
            .any(|pattern| category(pattern) == slot && is_preferred(pattern));
        wanted.push((at, slot, preferred));
    }
    let keep = |candidate: &Candidate| {
        wanted.iter().all(|(at, slot, preferred)| {
            let pattern = &candidate.signature[*at];
            category(pattern) == *slot && (!preferred || is_preferred(pattern))
        })
    };
    let kept: Vec<_> = candidates.iter().filter(|candidate| keep(candidate)).cloned().collect();
    Some(if kept.is_empty() { candidates } else { kept })
}

/// When all known arguments have one type, takes the unknown ones to have it too.
fn by_known_type(candidates: Vec<Candidate>, types: &[Type]) -> Vec<Candidate> {
    let mut known = types.iter().filter(|ty| **ty != Type::Unknown);
    let Some(first) = known.next() else { return candidates };
    if known.any(|ty| ty != first) {
        return candidates;
    }
    let assumed = vec![first.clone(); types.len()];
    let kept: Vec<_> = candidates.iter().filter(|candidate| candidate.fits(&assumed)).cloned().collect();
    if kept.len() == 1 { kept } else { candidates }
}
