//! Mails: what is to be sent. How it is sent is the server's.

/// A mail to one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// `confirmation`, `recovery` …
    pub kind: &'static str,
    pub to: String,
    pub subject: String,
    pub text: String,
    /// The link that the mail is about.
    pub link: Option<String>,
}

/// A mail could not be taken.
#[derive(Debug, thiserror::Error)]
#[error("the outbox does not take mails: {0}")]
pub struct OutboxError(pub String);

/// Where mails are left to be sent.
pub trait Outbox: Send + Sync {
    /// Takes a mail durably. Does not wait for its delivery.
    ///
    /// # Errors
    /// [`OutboxError`] when it cannot be kept.
    fn post(&self, mail: Mail) -> Result<(), OutboxError>;
}
