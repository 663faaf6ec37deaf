//! Every ceiling on what a request may cost, in one table: name, default, allowed range, what happens above it.
//!
//! The ids are those of the threat model, so that a test, a message and a line of configuration speak of the same
//! thing. **Must not:** enforce anything. Whoever does the work asks here how much of it is allowed.

use std::fmt::Write;
use std::time::Duration;

use serde::Deserialize;

use crate::rate::Quota;

const FIVE_MINUTES_S: u64 = 300;

/// One line of the table, for the documentation and for checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitEntry {
    /// The id in the threat model, such as `LIM-07`.
    pub id: &'static str,
    /// The key in `[limits]`.
    pub key: &'static str,
    /// What it is without configuration.
    pub default: u64,
    /// The smallest value that still works.
    pub least: u64,
    /// The largest value that is still a limit.
    pub most: u64,
    /// What it bounds.
    pub meaning: &'static str,
    /// What happens above it.
    pub above: &'static str,
}

/// A configured limit that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`limits.{key}` is {value}, and must be between {least} and {most} ({id}: {meaning})")]
pub struct LimitError {
    /// The key in `[limits]`.
    pub key: &'static str,
    /// What was configured.
    pub value: u64,
    /// The smallest legal value.
    pub least: u64,
    /// The largest legal value.
    pub most: u64,
    /// The id in the threat model.
    pub id: &'static str,
    /// What it bounds.
    pub meaning: &'static str,
}

macro_rules! limits {
    ($($id:literal $name:ident: $kind:ty = $default:literal, $least:literal..=$most:literal, $meaning:literal, $above:literal;)+) => {
        /// All limits, by name. Any field may be set; [`Limits::check`] tells whether the whole is sound.
        #[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct Limits {
            $(#[doc = concat!($meaning, ". Above: ", $above, " (", $id, ").")] pub $name: $kind,)+
        }

        /// Every limit, in the order of the documentation.
        pub const TABLE: &[LimitEntry] = &[$(LimitEntry {
            id: $id,
            key: stringify!($name),
            default: $default,
            least: $least,
            most: $most,
            meaning: $meaning,
            above: $above,
        },)+];

        impl Default for Limits {
            fn default() -> Self {
                Self { $($name: $default,)+ }
            }
        }

        impl Limits {
            /// The values in the order of [`TABLE`].
            fn values(&self) -> Vec<u64> {
                vec![$(u64::try_from(self.$name).unwrap_or(u64::MAX),)+]
            }
        }
    };
}

limits! {
    "LIM-01" head_bytes_max: usize = 16_384, 8_192..=1_048_576, "request line and headers together, in bytes", "414 or 431";
    "LIM-01" header_count_max: usize = 100, 16..=1_000, "number of headers", "431";
    "LIM-02" body_bytes_max: usize = 1_048_576, 1_024..=1_073_741_824, "body of a data request, in bytes", "413";
    "LIM-02" auth_body_bytes_max: usize = 65_536, 1_024..=1_048_576, "body of an account request, in bytes", "413";
    "LIM-04" json_depth_max: usize = 64, 2..=100, "nesting of a JSON body", "400";
    "LIM-04" json_keys_max: usize = 10_000, 16..=1_000_000, "keys of one JSON object", "400";
    "LIM-04" json_number_chars_max: usize = 64, 16..=131_072, "length of one JSON number", "400";
    "LIM-04" payload_values_max: usize = 200_000, 1_000..=10_000_000, "values of all rows of one body", "400";
    "LIM-05" head_timeout_ms: u64 = 10_000, 100..=600_000, "time to send the request head", "close";
    "LIM-05" body_rate_min_bytes_per_s: u64 = 500, 1..=1_000_000, "rate below which a body is given up, after `body_grace_ms`", "408";
    "LIM-05" body_grace_ms: u64 = 10_000, 100..=600_000, "time a body may take before its rate counts", "408";
    "LIM-05" idle_timeout_ms: u64 = 60_000, 100..=3_600_000, "time a kept connection may stay silent, or a reader may read nothing", "close";
    "LIM-05" request_timeout_ms: u64 = 60_000, 100..=3_600_000, "time for a whole request that is no upload", "408";
    "LIM-05" shutdown_grace_ms: u64 = 30_000, 0..=3_600_000, "time that requests in flight get when the server stops", "close";
    "LIM-06" connections_max: usize = 8_192, 1..=1_000_000, "open connections", "refuse";
    "LIM-06" connections_per_address_max: usize = 256, 1..=1_000_000, "open connections of one address", "refuse";
    "LIM-07" filter_depth_max: usize = 8, 1..=64, "nesting of `and`, `or` and `not`", "400";
    "LIM-07" conditions_max: usize = 100, 1..=10_000, "conditions of one request", "400";
    "LIM-07" in_values_max: usize = 1_000, 1..=30_000, "values of one `in` list", "400";
    "LIM-07" embed_depth_max: usize = 5, 1..=16, "nesting of embeds", "400";
    "LIM-07" embeds_max: usize = 20, 1..=100, "embeds of one request", "400";
    "LIM-07" select_items_max: usize = 200, 1..=2_000, "items of one `select`", "400";
    "LIM-07" order_terms_max: usize = 10, 1..=100, "terms of one `order`", "400";
    "LIM-08" rows_max: u64 = 1_000, 1..=1_000_000, "rows of one answer", "clamp";
    "LIM-08" offset_max: u64 = 1_000_000, 0..=1_000_000_000, "rows that may be skipped", "400";
    "LIM-09" statement_anon_ms: u64 = 3_000, 10..=600_000, "time of a statement of `anon`", "504";
    "LIM-09" statement_authenticated_ms: u64 = 8_000, 10..=600_000, "time of a statement of `authenticated` and roles of the project", "504";
    "LIM-09" statement_service_ms: u64 = 60_000, 10..=3_600_000, "time of a statement of `service_role`", "504";
    "LIM-09" queue_wait_ms: u64 = 2_000, 10..=600_000, "time a statement may wait for its turn", "503 with Retry-After";
    "LIM-10" pattern_bytes_max: usize = 512, 1..=65_536, "pattern of `like`, `match` and their kin, in bytes", "400";
    "LIM-13" password_chars_min: usize = 8, 6..=128, "characters of a password, at least", "422";
    "LIM-13" password_bytes_max: usize = 1_024, 64..=4_096, "bytes of a password", "400";
    "LIM-13" hash_memory_kib: u32 = 19_456, 19_456..=1_048_576, "memory of one password hash", "-";
    "LIM-13" hash_passes: u32 = 2, 2..=64, "passes of one password hash", "-";
    "LIM-13" hash_queue_max: usize = 64, 1..=10_000, "password hashes that may wait", "503";
    "LIM-14" failed_passwords_per_account_max: u32 = 10, 1..=10_000, "failed passwords for one account in a window", "429";
    "LIM-14" failed_passwords_per_address_max: u32 = 30, 1..=100_000, "failed passwords from one address in a window", "429";
    "LIM-14" failed_password_window_s: u64 = 300, 1..=86_400, "the window of failed passwords", "-";
    "LIM-14" failed_passwords_in_a_row_max: u32 = 100, 1..=100, "failed passwords in a row, then another proof is needed", "429";
    "LIM-15" mail_again_s: u64 = 60, 1..=3_600, "time between two mails of a kind to one address", "429";
    "LIM-16" link_life_s: u64 = 3_600, 60..=86_400, "life of a mailed link", "void";
    "LIM-15" token_requests_per_5_min: u32 = 150, 1..=1_000_000, "token requests of one address in five minutes", "429";
    "LIM-15" sign_ups_per_5_min: u32 = 30, 1..=1_000_000, "sign-ups, recoveries and changes of account of one address in five minutes", "429";
    "LIM-15" verifications_per_5_min: u32 = 30, 1..=1_000_000, "codes and links tried by one address in five minutes", "429";
    "LIM-15" rate_keys_max: usize = 100_000, 1_000..=10_000_000, "addresses and accounts whose rate is remembered", "the fullest are remembered";
    "LIM-13" verified_tokens_max: usize = 10_000, 0..=1_000_000, "verified tokens that are remembered", "the oldest is verified again";
    "LIM-21" clock_leeway_s: u64 = 30, 0..=300, "difference of clocks that a token may show", "401";
}

impl LimitEntry {
    /// Refuses a value outside the range.
    pub fn check(&self, value: u64) -> Result<(), LimitError> {
        let LimitEntry { id, key, least, most, meaning, .. } = *self;
        if (least..=most).contains(&value) {
            Ok(())
        } else {
            Err(LimitError { key, value, least, most, id, meaning })
        }
    }
}

impl Limits {
    /// Refuses values that would switch a limit off or make the server unusable.
    pub fn check(&self) -> Result<(), LimitError> {
        TABLE.iter().zip(self.values()).try_for_each(|(entry, value)| entry.check(value))
    }

    /// How often one address may ask for tokens.
    pub fn token_quota(&self) -> Quota {
        Quota { count: self.token_requests_per_5_min, period_s: FIVE_MINUTES_S }
    }

    /// How often one address may sign up, recover or change an account.
    pub fn sign_up_quota(&self) -> Quota {
        Quota { count: self.sign_ups_per_5_min, period_s: FIVE_MINUTES_S }
    }

    /// How often one address may try codes and links.
    pub fn verification_quota(&self) -> Quota {
        Quota { count: self.verifications_per_5_min, period_s: FIVE_MINUTES_S }
    }

    /// The time that a whole request may take.
    pub fn request_timeout(&self) -> Duration {
        Duration::from_millis(self.request_timeout_ms)
    }
}

/// The documentation's page of limits, in Markdown.
pub fn docs_page() -> String {
    let mut page = String::from(
        "# Limits\n\nSet them in `[limits]` of `mainstay.toml`, or as `MAINSTAY_LIMITS_<KEY>`.\n\n\
         | key | default | range | bounds | above it | id |\n|---|---|---|---|---|---|\n",
    );
    for entry in TABLE {
        let LimitEntry { id, key, default, least, most, meaning, above } = entry;
        writeln!(page, "| `{key}` | {default} | {least} – {most} | {meaning} | {above} | {id} |")
            .expect("writing to a string cannot fail");
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_within_their_ranges() {
        assert_eq!(Limits::default().check(), Ok(()));
        assert_eq!(TABLE.len(), Limits::default().values().len());
    }

    #[test]
    fn a_limit_cannot_be_switched_off() {
        let limits = Limits { body_bytes_max: 0, ..Limits::default() };
        assert_eq!(
            limits.check().unwrap_err().to_string(),
            "`limits.body_bytes_max` is 0, and must be between 1024 and 1073741824 (LIM-02: body of a data request, in bytes)"
        );
    }

    #[test]
    fn unknown_keys_are_refused_and_known_ones_read() {
        let limits: Limits = serde_json::from_str(r#"{"rows_max": 50}"#).unwrap();
        assert_eq!((limits.rows_max, limits.offset_max), (50, 1_000_000));
        let error = serde_json::from_str::<Limits>(r#"{"row_max": 50}"#).unwrap_err();
        assert!(error.to_string().contains("unknown field `row_max`"), "{error}");
    }

    #[test]
    fn the_docs_page_lists_every_limit() {
        let page = docs_page();
        assert!(TABLE.iter().all(|entry| page.contains(entry.key)));
    }
}
