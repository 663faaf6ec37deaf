//! Documents made of documents: concatenation, deletion, setting and inserting at a path.
//!
//! **Must not:** read or print text.

use super::{Tree, key_order};
use crate::value::ValueError;

/// What a change at a path does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Change<'a> {
    /// `jsonb_set(…, false)`
    Replace(&'a Tree),
    /// `jsonb_set(…, true)`
    Set(&'a Tree),
    /// `jsonb_insert(…, false)`
    InsertBefore(&'a Tree),
    /// `jsonb_insert(…, true)`
    InsertAfter(&'a Tree),
    /// `#-`
    Delete,
}

/// What `jsonb_set` does when there is nothing at the last step of the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Adds it.
    Create,
    /// Leaves the document as it is.
    Keep,
}

/// On which side of an element `jsonb_insert` inserts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Before it.
    Before,
    /// After it.
    After,
}

impl Tree {
    /// `a || b`: objects merge, anything else becomes one array.
    #[must_use]
    pub fn concatenate(self, other: Self) -> Self {
        match (self, other) {
            (Self::Object(mut left), Self::Object(right)) => {
                left.extend(right);
                Self::object(left)
            }
            (left, right) => {
                let mut elements = left.into_elements();
                elements.extend(right.into_elements());
                Self::Array(elements)
            }
        }
    }

    fn into_elements(self) -> Vec<Self> {
        match self {
            Self::Array(elements) => elements,
            other => vec![other],
        }
    }

    /// `a - 'key'`: a member of an object, or every equal string of an array.
    pub fn delete_key(mut self, key: &str) -> Result<Self, ValueError> {
        match &mut self {
            Self::Object(members) => members.retain(|(other, _)| other != key),
            Self::Array(elements) => {
                elements.retain(|element| !matches!(element, Self::String(text) if text == key));
            }
            _ => return Err(ValueError::invalid_parameter("cannot delete from scalar")),
        }
        Ok(self)
    }

    /// `a - index`: an element of an array; negative counts from the end.
    pub fn delete_element(mut self, index: i64) -> Result<Self, ValueError> {
        match &mut self {
            Self::Array(elements) => {
                if let Some(at) = position(index, elements.len()).filter(|&at| at < elements.len()) {
                    elements.remove(at);
                }
                Ok(self)
            }
            Self::Object(_) => {
                Err(ValueError::invalid_parameter("cannot delete from object using integer index"))
            }
            _ => Err(ValueError::invalid_parameter("cannot delete from scalar")),
        }
    }

    /// `a #- path`; nothing in the path is NULL.
    pub fn delete_path(mut self, path: &[Option<String>]) -> Result<Self, ValueError> {
        if !self.is_container() {
            return Err(ValueError::invalid_parameter("cannot delete path in scalar"));
        }
        self.change(path, 0, Change::Delete)?;
        Ok(self)
    }

    /// `jsonb_set(a, path, value, create)`.
    pub fn set(
        mut self,
        path: &[Option<String>],
        value: &Self,
        missing: Missing,
    ) -> Result<Self, ValueError> {
        self.refuse_scalar()?;
        let change = match missing {
            Missing::Create => Change::Set(value),
            Missing::Keep => Change::Replace(value),
        };
        self.change(path, 0, change)?;
        Ok(self)
    }

    /// `jsonb_insert(a, path, value, after)`.
    pub fn insert(mut self, path: &[Option<String>], value: &Self, place: Place) -> Result<Self, ValueError> {
        self.refuse_scalar()?;
        let change = match place {
            Place::Before => Change::InsertBefore(value),
            Place::After => Change::InsertAfter(value),
        };
        self.change(path, 0, change)?;
        Ok(self)
    }

    fn refuse_scalar(&self) -> Result<(), ValueError> {
        if self.is_container() {
            return Ok(());
        }
        Err(ValueError::invalid_parameter("cannot set path in scalar"))
    }

    fn change(
        &mut self,
        path: &[Option<String>],
        level: usize,
        change: Change<'_>,
    ) -> Result<(), ValueError> {
        let Some(step) = path.get(level) else { return Ok(()) };
        let is_empty = match self {
            Self::Array(elements) => elements.is_empty(),
            Self::Object(members) => members.is_empty(),
            _ => return Ok(()),
        };
        if is_empty && level == 0 && !change.creates() {
            return Ok(());
        }
        let step = step.as_deref().ok_or_else(|| {
            ValueError::new("22004", format!("path element at position {} is null", level + 1))
        })?;
        let last = level + 1 == path.len();
        match self {
            Self::Object(members) => {
                match (members.binary_search_by(|(key, _)| key_order(key, step)), last) {
                    (Ok(at), true) => change_member(members, at, change),
                    (Ok(at), false) => members[at].1.change(path, level + 1, change),
                    (Err(at), true) => {
                        if let Some(value) = change.created() {
                            members.insert(at, (step.to_owned(), value.clone()));
                        }
                        Ok(())
                    }
                    (Err(_), false) => Ok(()),
                }
            }
            Self::Array(elements) => {
                let index = array_index(step, level)?;
                if last {
                    change_elements(elements, index, change);
                    return Ok(());
                }
                match position(index, elements.len()).and_then(|at| elements.get_mut(at)) {
                    Some(element) => element.change(path, level + 1, change),
                    None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// `jsonb_strip_nulls`: members whose value is null go, at every depth; elements stay.
    #[must_use]
    pub fn strip_nulls(self) -> Self {
        match self {
            Self::Object(members) => {
                let kept = members.into_iter().filter(|(_, value)| *value != Self::Null);
                Self::Object(kept.map(|(key, value)| (key, value.strip_nulls())).collect())
            }
            Self::Array(elements) => Self::Array(elements.into_iter().map(Self::strip_nulls).collect()),
            scalar => scalar,
        }
    }
}

impl<'a> Change<'a> {
    fn creates(self) -> bool {
        self.created().is_some()
    }

    /// The value that is added where there is none.
    fn created(self) -> Option<&'a Tree> {
        match self {
            Self::Set(value) | Self::InsertBefore(value) | Self::InsertAfter(value) => Some(value),
            Self::Replace(_) | Self::Delete => None,
        }
    }
}

fn change_member(members: &mut Vec<(String, Tree)>, at: usize, change: Change<'_>) -> Result<(), ValueError> {
    match change {
        Change::Set(value) | Change::Replace(value) => members[at].1 = value.clone(),
        Change::Delete => {
            members.remove(at);
        }
        Change::InsertBefore(_) | Change::InsertAfter(_) => {
            return Err(ValueError::invalid_parameter("cannot replace existing key")
                .hint("Try using the function jsonb_set to replace key value."));
        }
    }
    Ok(())
}

fn change_elements(elements: &mut Vec<Tree>, index: i64, change: Change<'_>) {
    let Some(at) = position(index, elements.len()) else {
        // Before the first element.
        if let Some(value) = change.created() {
            elements.insert(0, value.clone());
        }
        return;
    };
    if at >= elements.len() {
        elements.extend(change.created().cloned());
        return;
    }
    match change {
        Change::Set(value) | Change::Replace(value) => elements[at] = value.clone(),
        Change::InsertBefore(value) => elements.insert(at, value.clone()),
        Change::InsertAfter(value) => elements.insert(at + 1, value.clone()),
        Change::Delete => {
            elements.remove(at);
        }
    }
}

/// The place of an index, negative from the end; nothing when it lies before the first.
fn position(index: i64, length: usize) -> Option<usize> {
    if index >= 0 {
        return Some(usize::try_from(index).unwrap_or(usize::MAX));
    }
    length.checked_sub(usize::try_from(index.unsigned_abs()).ok()?)
}

fn array_index(step: &str, level: usize) -> Result<i64, ValueError> {
    step.trim_start().parse::<i32>().map(i64::from).map_err(|_| {
        let message = format!("path element at position {} is not an integer: \"{step}\"", level + 1);
        ValueError::new("22P02", message)
    })
}
