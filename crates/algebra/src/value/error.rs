//! What a value can do wrong, with PostgreSQL's SQLSTATE and PostgreSQL's words.
//!
//! **Must not:** know tables, requests or engines; hold anything that the caller did not write.

/// A value was refused: PostgreSQL's SQLSTATE and text for it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ValueError {
    /// The five characters of PostgreSQL's error class and condition.
    pub sqlstate: &'static str,
    /// PostgreSQL's primary message.
    pub message: String,
    /// PostgreSQL's detail, where it gives one.
    pub detail: Option<String>,
    /// PostgreSQL's hint, where it gives one.
    pub hint: Option<String>,
}

impl ValueError {
    /// An error without detail or hint.
    pub fn new(sqlstate: &'static str, message: impl Into<String>) -> Self {
        Self { sqlstate, message: message.into(), detail: None, hint: None }
    }

    /// The same error with a detail.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// The same error with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// `invalid input syntax for type uuid: "x"`.
    pub fn invalid_text(type_name: &str, text: &str) -> Self {
        Self::new("22P02", format!("invalid input syntax for type {type_name}: \"{text}\""))
    }

    /// `integer out of range`: the result of a computation does not fit.
    pub fn out_of_range(type_name: &str) -> Self {
        Self::new("22003", format!("{type_name} out of range"))
    }

    /// `value "99999" is out of range for type smallint`: text that does not fit.
    pub fn text_out_of_range(type_name: &str, text: &str) -> Self {
        Self::new("22003", format!("value \"{text}\" is out of range for type {type_name}"))
    }

    /// `division by zero`.
    pub fn division_by_zero() -> Self {
        Self::new("22012", "division by zero")
    }

    /// A parameter of a function is not one that the function takes.
    pub fn invalid_parameter(message: impl Into<String>) -> Self {
        Self::new("22023", message)
    }

    /// PostgreSQL has it; this engine refuses it rather than answer differently.
    pub fn unsupported(message: impl Into<String>) -> Self {
        Self::new("0A000", message)
    }

    /// A text holds the character U+0000, which PostgreSQL cannot store.
    pub fn nul() -> Self {
        Self::new("22021", "invalid byte sequence for encoding \"UTF8\": 0x00")
    }
}
