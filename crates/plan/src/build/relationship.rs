//! Which relationship `origin?select=target!hint(…)` means (rest.md §3.2).

use algebra::names::{ColumnName, TableName};
use catalog::{Cardinality, Relationship};

use super::{Builder, near};
use crate::error::{Candidate, Nearly, PlanError};
use crate::request::Embed;

impl Builder<'_> {
    /// The one relationship that an embed of this origin means.
    pub(super) fn relationship(&self, origin: &TableName, embed: &Embed) -> Result<Relationship, PlanError> {
        let visible = |name: &TableName| name.schema == self.plan.schema;
        let all: Vec<_> = self
            .catalog
            .relationships(origin)
            .into_iter()
            .filter(|relationship| visible(&relationship.target))
            .filter(|relationship| relationship.junction.as_ref().is_none_or(|j| visible(&j.table)))
            .collect();
        let mut matching: Vec<_> =
            all.iter().filter(|relationship| self.matches(relationship, embed)).cloned().collect();
        match matching.len() {
            1 => Ok(matching.remove(0)),
            0 => Err(self.no_relationship(origin, embed, &all)),
            _ => Err(PlanError::AmbiguousRelationship {
                origin: origin.name.as_str().to_owned(),
                target: embed.target.clone(),
                candidates: matching.iter().map(candidate).collect(),
            }),
        }
    }

    fn matches(&self, relationship: &Relationship, embed: &Embed) -> bool {
        let target = embed.target.as_str();
        let hint = embed.hint.as_deref();
        if relationship.origin == relationship.target && relationship.junction.is_none() {
            return self_reference(relationship, target, hint);
        }
        let by_name = relationship.target.name.as_str() == target;
        match hint {
            None => {
                let to_table = self.catalog.table(&relationship.target).is_some();
                let by_key = to_table && relationship.junction.is_none() && relationship.origin_refers;
                by_name
                    || (to_table
                        && relationship.junction.is_none()
                        && relationship.constraint.as_str() == target)
                    || (by_key && single(relationship.columns.iter().map(|(near, _)| near)) == Some(target))
            }
            Some(hint) => by_name && hinted(relationship, hint),
        }
    }

    fn no_relationship(&self, origin: &TableName, embed: &Embed, all: &[Relationship]) -> PlanError {
        let near = if all.is_empty() {
            let parents = self.catalog.tables().filter(|table| table.name.schema == self.plan.schema);
            let with = parents.filter(|table| !self.catalog.relationships(&table.name).is_empty());
            near::best(origin.name.as_str(), with.map(|table| table.name.name.as_str()))
                .map(|meant| Box::new(Nearly { meant, instead_of: origin.name.as_str().to_owned() }))
        } else if all.iter().any(|relationship| relationship.target.name.as_str() == embed.target) {
            None
        } else {
            near::best(&embed.target, all.iter().map(|relationship| relationship.target.name.as_str()))
                .map(|meant| Box::new(Nearly { meant, instead_of: embed.target.clone() }))
        };
        PlanError::NoRelationship {
            schema: self.plan.schema.as_str().to_owned(),
            origin: origin.name.as_str().to_owned(),
            target: embed.target.clone(),
            hint: embed.hint.clone(),
            near,
        }
    }
}

/// A table that refers to itself: by its name the rows that refer to this one, by the key's column the row referred to.
fn self_reference(relationship: &Relationship, target: &str, hint: Option<&str>) -> bool {
    let by_name = relationship.target.name.as_str() == target;
    let near = relationship.columns.iter().map(|(near, _)| near);
    let far = relationship.columns.iter().map(|(_, far)| far);
    match (hint, relationship.origin_refers) {
        (None, false) => by_name,
        (None, true) => single(near) == Some(target),
        (Some(hint), false) => {
            by_name && (single(far) == Some(hint) || relationship.constraint.as_str() == hint)
        }
        (Some(_), true) => false,
    }
}

fn hinted(relationship: &Relationship, hint: &str) -> bool {
    if let Some(junction) = &relationship.junction {
        return junction.table.name.as_str() == hint;
    }
    relationship.constraint.as_str() == hint
        || single(relationship.columns.iter().map(|(near, _)| near)) == Some(hint)
        || single(relationship.columns.iter().map(|(_, far)| far)) == Some(hint)
}

fn single<'c>(mut columns: impl Iterator<Item = &'c ColumnName>) -> Option<&'c str> {
    let first = columns.next()?;
    columns.next().is_none().then(|| first.as_str())
}

fn candidate(relationship: &Relationship) -> Candidate {
    let names = |columns: &mut dyn Iterator<Item = &ColumnName>| {
        columns.map(ColumnName::as_str).collect::<Vec<_>>().join(", ")
    };
    let near = names(&mut relationship.columns.iter().map(|(near, _)| near));
    let far = names(&mut relationship.columns.iter().map(|(_, far)| far));
    let cardinality = match relationship.cardinality {
        Cardinality::ManyToOne => "many-to-one",
        Cardinality::OneToMany => "one-to-many",
        Cardinality::OneToOne => "one-to-one",
        Cardinality::ManyToMany => "many-to-many",
    };
    let (text, hint) = match &relationship.junction {
        None => (
            format!(
                "{} using {}({near}) and {}({far})",
                relationship.constraint.as_str(),
                relationship.origin.name.as_str(),
                relationship.target.name.as_str()
            ),
            relationship.constraint.as_str().to_owned(),
        ),
        Some(junction) => {
            let other = names(&mut junction.columns.iter().map(|(near, _)| near));
            let table = junction.table.name.as_str();
            let (first, second) = (relationship.constraint.as_str(), junction.constraint.as_str());
            (format!("{table} using {first}({far}) and {second}({other})"), table.to_owned())
        }
    };
    Candidate { cardinality, relationship: text, hint }
}
