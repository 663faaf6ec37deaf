//! Why a plan cannot be built: names that are not there, relationships that are not clear.

/// What is wrong, with what an answer needs to say it (spec/rest.md §10).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    #[error("could not find the table `{schema}.{name}`")]
    UnknownRelation { schema: String, name: String, near: Option<String> },
    /// 42703.
    #[error("column {relation}.{column} does not exist")]
    UnknownColumn { relation: String, column: String },
    /// PGRST204: a column of a payload or of `columns`.
    #[error("could not find the '{column}' column of '{relation}'")]
    UnknownPayloadColumn { relation: String, column: String },
    /// PGRST200.
    #[error("could not find a relationship between '{origin}' and '{target}'")]
    NoRelationship {
        schema: String,
        origin: String,
        target: String,
        hint: Option<String>,
        near: Option<Box<Nearly>>,
    },
    /// PGRST201.
    #[error("more than one relationship was found for '{origin}' and '{target}'")]
    AmbiguousRelationship { origin: String, target: String, candidates: Vec<Candidate> },
    /// PGRST108.
    #[error("'{name}' is not an embedded resource in this request")]
    NotEmbedded { name: String },
    /// PGRST118.
    #[error("'{origin}' and '{target}' do not form a many-to-one or one-to-one relationship")]
    OrderByToMany { origin: String, target: String },
    /// PGRST123.
    #[error("use of aggregate functions is not allowed")]
    AggregatesDisabled,
    /// PGRST127.
    #[error("{what}")]
    NotImplemented { what: String },
    /// An error with a SQLSTATE of PostgreSQL's: a cast or operator that the types do not have, no unique constraint …
    #[error("{message}")]
    Sql { code: &'static str, message: String, hint: Option<String> },
}

/// A name that was perhaps meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearly {
    pub meant: String,
    pub instead_of: String,
}

/// One way of several in an ambiguous embed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// `many-to-one`, `one-to-many`, `one-to-one`, `many-to-many`.
    pub cardinality: &'static str,
    /// `films using fk(film_id) and directors(id)`.
    pub relationship: String,
    /// What to write after the target's name: a constraint, or a junction table.
    pub hint: String,
}
