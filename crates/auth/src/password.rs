//! What a password must be: long enough, not too long, not among the first that anybody tries.

use http::StatusCode;

use crate::error::AuthError;
use crate::settings::AuthSettings;
use web::Limits;

/// The most common passwords of public lists, by rank; a longer list comes as a file.
const COMMON: &str = include_str!("common_passwords.txt");

/// Checks a new password.
///
/// # Errors
/// 400 when it is too long, 422 `weak_password` with reasons when it is weak.
pub(crate) fn check(
    password: &str,
    address: Option<&str>,
    settings: &AuthSettings,
    limits: &Limits,
) -> Result<(), AuthError> {
    if password.len() > limits.password_bytes_max {
        return Err(AuthError::invalid(format!(
            "Password cannot be longer than {} bytes",
            limits.password_bytes_max
        )));
    }
    match weakness(password, address, settings) {
        None => Ok(()),
        Some((reason, message)) => {
            let mut error = AuthError::new(StatusCode::UNPROCESSABLE_ENTITY, "weak_password", message);
            error.reasons = vec![reason];
            Err(error)
        }
    }
}

/// Why a password is weak, if it is.
pub(crate) fn weakness(
    password: &str,
    address: Option<&str>,
    settings: &AuthSettings,
) -> Option<(&'static str, String)> {
    if password.chars().count() < settings.password_length_min {
        let message = format!("Password should be at least {} characters.", settings.password_length_min);
        return Some(("length", message));
    }
    let lower = password.to_lowercase();
    let is_own = address.is_some_and(|address| {
        lower == address || address.split('@').next().is_some_and(|name| name == lower)
    });
    if is_own || COMMON.lines().any(|common| common == lower) {
        let message = "Password is known to be weak and easy to guess, please choose a different one.";
        return Some(("pwned", message.to_owned()));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::weakness;
    use crate::settings::AuthSettings;

    #[test]
    fn short_common_and_own_names_are_weak() {
        let settings = AuthSettings::default();
        let reason = |password| weakness(password, Some("annabelle@example.com"), &settings).map(|(r, _)| r);
        assert_eq!(reason("seven77"), Some("length"));
        assert_eq!(reason("password123"), Some("pwned"));
        assert_eq!(reason("Annabelle"), Some("pwned"));
        assert_eq!(reason("a quite ordinary sentence"), None);
    }
}
