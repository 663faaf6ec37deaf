//! Relationships between relations, found from foreign keys (spec/rest.md §3.1).

use algebra::names::{ColumnName, ConstraintName, TableName};

use crate::catalog::{Catalog, View};
use crate::table::{ForeignKey, Table};

/// How many rows there may be on the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cardinality {
    ManyToOne,
    OneToMany,
    OneToOne,
    ManyToMany,
}

/// A way from one relation to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relationship {
    pub cardinality: Cardinality,
    pub origin: TableName,
    pub target: TableName,
    /// The foreign key's name; for many-to-many the first one's (from the junction to the origin).
    pub constraint: ConstraintName,
    /// Pairs of equal columns: (origin, target). For many-to-many: (origin, junction).
    pub columns: Vec<(ColumnName, ColumnName)>,
    /// Whether the origin holds the foreign key (many-to-one, or one side of one-to-one).
    pub origin_refers: bool,
    pub junction: Option<Junction>,
}

/// The table between the two sides of a many-to-many relationship.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Junction {
    pub table: TableName,
    /// The foreign key from the junction to the target.
    pub constraint: ConstraintName,
    /// Pairs (junction, target).
    pub columns: Vec<(ColumnName, ColumnName)>,
}

impl Relationship {
    /// Whether there is at most one row on the other side.
    #[must_use]
    pub fn is_to_one(&self) -> bool {
        matches!(self.cardinality, Cardinality::ManyToOne | Cardinality::OneToOne)
    }
}

impl Catalog {
    /// Every relationship that starts at this relation, in the order of tables and their keys.
    #[must_use]
    pub fn relationships(&self, origin: &TableName) -> Vec<Relationship> {
        let Some(table) = self.table(origin) else { return self.view_relationships(origin) };
        let mut found: Vec<_> = table.foreign_keys.iter().map(|key| refers(table, key)).collect();
        for other in self.tables() {
            found.extend(
                other.foreign_keys.iter().filter(|key| key.table == *origin).map(|key| referred(other, key)),
            );
        }
        for junction in self.tables() {
            found.extend(many_to_many(origin, junction));
        }
        let to_views: Vec<_> = found.iter().flat_map(|relationship| self.to_views(relationship)).collect();
        found.extend(to_views);
        found
    }

    /// The same relationship to each view of simple shape over its target, where the key's columns are seen.
    fn to_views(&self, relationship: &Relationship) -> Vec<Relationship> {
        let over_target = |view: &View| view.base_columns().filter(|(base, _)| *base == relationship.target);
        let views = self.views().filter_map(|view| Some((&view.name, over_target(view)?.1)));
        views
            .filter_map(|(name, names)| {
                let mut to_view = relationship.clone();
                let target_columns = match &mut to_view.junction {
                    Some(junction) => &mut junction.columns,
                    None => &mut to_view.columns,
                };
                for (_, column) in target_columns {
                    *column = seen_as(&names, column)?;
                }
                to_view.target = name.clone();
                Some(to_view)
            })
            .collect()
    }

    /// Views of simple shape have the relationships of the table under them, with renamed columns followed.
    fn view_relationships(&self, origin: &TableName) -> Vec<Relationship> {
        let Some(view) = self.view(origin) else { return Vec::new() };
        let Some((base, names)) = view.base_columns() else { return Vec::new() };
        self.relationships(&base)
            .into_iter()
            .filter_map(|mut relationship| {
                for (own, _) in &mut relationship.columns {
                    *own = seen_as(&names, own)?;
                }
                relationship.origin = origin.clone();
                Some(relationship)
            })
            .collect()
    }
}

/// The name by which a view shows a column of its table.
fn seen_as(names: &[(ColumnName, ColumnName)], column: &ColumnName) -> Option<ColumnName> {
    names.iter().find(|(of, _)| of == column).map(|(_, name)| name.clone())
}

fn pairs(left: &[ColumnName], right: &[ColumnName]) -> Vec<(ColumnName, ColumnName)> {
    left.iter().cloned().zip(right.iter().cloned()).collect()
}

fn refers(table: &Table, key: &ForeignKey) -> Relationship {
    let unique = table.is_unique(&key.columns);
    Relationship {
        cardinality: if unique { Cardinality::OneToOne } else { Cardinality::ManyToOne },
        origin: table.name.clone(),
        target: key.table.clone(),
        constraint: key.name.clone(),
        columns: pairs(&key.columns, &key.referenced),
        origin_refers: true,
        junction: None,
    }
}

fn referred(table: &Table, key: &ForeignKey) -> Relationship {
    let unique = table.is_unique(&key.columns);
    Relationship {
        cardinality: if unique { Cardinality::OneToOne } else { Cardinality::OneToMany },
        origin: key.table.clone(),
        target: table.name.clone(),
        constraint: key.name.clone(),
        columns: pairs(&key.referenced, &key.columns),
        origin_refers: false,
        junction: None,
    }
}

fn many_to_many(origin: &TableName, junction: &Table) -> Vec<Relationship> {
    let in_key = |key: &ForeignKey| key.columns.iter().all(|column| junction.key_columns().contains(column));
    let mut found = Vec::new();
    for (position, near) in junction.foreign_keys.iter().enumerate() {
        if near.table != *origin || !in_key(near) {
            continue;
        }
        for (other, far) in junction.foreign_keys.iter().enumerate() {
            if other == position || !in_key(far) {
                continue;
            }
            found.push(Relationship {
                cardinality: Cardinality::ManyToMany,
                origin: origin.clone(),
                target: far.table.clone(),
                constraint: near.name.clone(),
                columns: pairs(&near.referenced, &near.columns),
                origin_refers: false,
                junction: Some(Junction {
                    table: junction.name.clone(),
                    constraint: far.name.clone(),
                    columns: pairs(&far.columns, &far.referenced),
                }),
            });
        }
    }
    found
}
