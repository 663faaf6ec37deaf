//! E-mail addresses: lower-cased, and plausible.

use crate::error::AuthError;

/// The longest address (RFC 5321: 254 characters).
const BYTES_MAX: usize = 254;

/// Reads an address as people write it.
///
/// # Errors
/// 400 `validation_failed` when it is not of the form `name@domain`.
pub(crate) fn parse(text: &str) -> Result<String, AuthError> {
    let address = text.trim().to_lowercase();
    if is_plausible(&address) {
        return Ok(address);
    }
    Err(AuthError::invalid("Unable to validate email address: invalid format"))
}

fn is_plausible(address: &str) -> bool {
    let Some((name, domain)) = address.rsplit_once('@') else { return false };
    let is_name_char = |c: char| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c);
    address.len() <= BYTES_MAX
        && (1..=64).contains(&name.len())
        && name.chars().all(is_name_char)
        && !name.starts_with('.')
        && !name.ends_with('.')
        && !name.contains("..")
        && is_domain(domain)
}

fn is_domain(domain: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    !domain.is_empty() && domain.split('.').all(is_label)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn addresses_are_lower_cased_and_bounded() {
        assert_eq!(parse(" Ann@Example.COM ").ok().as_deref(), Some("ann@example.com"));
        for bad in ["", "ann", "@x.y", "ann@", "a b@x.y", "ann@x..y", "ann@-x.y", "a\r\nb@x.y", ".a@x.y"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
