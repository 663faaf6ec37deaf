//! What the owner of an application may decide about accounts.

/// Settings of the accounts service. Times are in seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthSettings {
    /// Where links in mails lead back to: the application's own address.
    pub site_url: String,
    /// The address of this service as mails and tokens name it: `https://host/auth/v1`.
    pub external_url: String,
    /// `iss` of access tokens.
    pub issuer: String,
    /// `aud` of access tokens and of accounts.
    pub audience: String,
    /// Whether anybody may sign up.
    pub signup: bool,
    /// Whether a new account counts as confirmed at once, without a mail.
    pub autoconfirm: bool,
    /// Life of an access token; at most a day.
    pub access_token_s: i64,
    /// How long after its use a refresh token still answers with its successor.
    pub reuse_interval_s: i64,
    /// Whether reuse of an old refresh token ends its whole family.
    pub rotation: bool,
    /// The fewest characters of a new password.
    pub password_length_min: usize,
    /// Life of a link in a mail.
    pub link_s: i64,
    /// The least time between two mails of one kind to one account.
    pub mail_interval_s: i64,
}

impl Default for AuthSettings {
    fn default() -> Self {
        Self {
            site_url: "http://localhost:3000".to_owned(),
            external_url: "http://localhost:8000/auth/v1".to_owned(),
            issuer: "http://localhost:8000/auth/v1".to_owned(),
            audience: "authenticated".to_owned(),
            signup: true,
            autoconfirm: true,
            access_token_s: 3600,
            reuse_interval_s: 10,
            rotation: true,
            password_length_min: 8,
            link_s: 3600,
            mail_interval_s: 60,
        }
    }
}
