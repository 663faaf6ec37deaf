//! Failed passwords: counted by account and by address in the database, so that a restart forgets nothing (threats.md LIM-14).
//!
//! An account that does not exist is counted like one that does. **Must not:** answer differently for the two.

use algebra::value::Value as Stored;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::bearer::Client;
use crate::error::AuthError;
use crate::queries;
use crate::record::{records, text};
use crate::state::AuthState;

/// Who tries: under which keys failures are counted.
pub(crate) struct Attempt {
    account: String,
    address: String,
}

/// Failures without a delay of their own.
const FREE: i64 = 3;
/// The longest delay between two tries at one account.
const DELAY_S_MAX: i64 = 900;

impl Attempt {
    /// An attempt to sign in with this identifier from this client.
    pub(crate) fn new(state: &AuthState, identifier: &str, client: &Client) -> Self {
        let account =
            URL_SAFE_NO_PAD.encode(state.refresh_key.sign(&format!("account:{identifier}")).as_ref());
        Self { account, address: client.rate_key.clone().unwrap_or_default() }
    }

    /// Refuses when too many have failed before.
    pub(crate) async fn check(&self, state: &AuthState) -> Result<(), AuthError> {
        let parameters = vec![text(self.account.clone()), text(self.address.clone())];
        let rows = state.session().run(&queries::FAILURES, parameters).await?;
        let window_s = i64::try_from(state.limits.failed_password_window_s).unwrap_or(300);
        let now_s = state.now_s();
        for row in records(&rows) {
            let number = |column| row.int(column).unwrap_or_default();
            let is_account = row.text("kind") == Some("account");
            let most = match is_account {
                true => state.limits.failed_passwords_per_account_max,
                false => state.limits.failed_passwords_per_address_max,
            };
            let window_end_s = number("window_started_s") + window_s;
            let mut wait_s = 0;
            if window_end_s > now_s && number("failures") >= i64::from(most) {
                wait_s = window_end_s - now_s;
            }
            if is_account {
                let most_in_a_row = i64::from(state.limits.failed_passwords_in_a_row_max);
                let delay_s = match number("consecutive") {
                    failed if failed >= most_in_a_row => DELAY_S_MAX,
                    failed => delay_s(failed),
                };
                wait_s = wait_s.max(number("last_s") + delay_s - now_s);
            }
            if wait_s > 0 {
                let wait_s = u64::try_from(wait_s).unwrap_or(1);
                return Err(AuthError::too_many(
                    "over_request_rate_limit",
                    "Request rate limit reached",
                    wait_s,
                ));
            }
        }
        Ok(())
    }

    /// Counts a failure.
    pub(crate) async fn failed(&self, state: &AuthState) -> Result<(), AuthError> {
        let now_s = state.now_s();
        let window_s = i64::try_from(state.limits.failed_password_window_s).unwrap_or(300);
        let note = |kind: &str, key: &str| {
            let parameters = vec![text(kind), text(key), Stored::Int(now_s), Stored::Int(window_s)];
            (&queries::NOTE_FAILURE, parameters)
        };
        let sweep = (&queries::SWEEP_FAILURES, vec![Stored::Int(now_s - 86_400)]);
        let writes = [note("account", &self.account), note("address", &self.address), sweep];
        state.session().run_all(&writes).await?;
        Ok(())
    }

    /// Forgets the account's failures: the right password was given.
    pub(crate) async fn succeeded(&self, state: &AuthState) -> Result<(), AuthError> {
        state.session().run(&queries::FORGET_FAILURES, vec![text(self.account.clone())]).await?;
        Ok(())
    }
}

/// How long to wait after so many failures in a row: nothing, then 1 s, 2 s, 4 s … up to a quarter of an hour.
fn delay_s(failed: i64) -> i64 {
    match failed - FREE {
        over if over <= 0 => 0,
        over => 1_i64
            .checked_shl(u32::try_from(over - 1).unwrap_or(u32::MAX))
            .unwrap_or(DELAY_S_MAX)
            .clamp(1, DELAY_S_MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::{DELAY_S_MAX, delay_s};

    #[test]
    fn the_delay_grows_and_is_bounded() {
        assert_eq!([0, 3, 4, 5, 6].map(delay_s), [0, 0, 1, 2, 4]);
        assert_eq!(delay_s(40), DELAY_S_MAX);
        assert_eq!(delay_s(90), DELAY_S_MAX);
    }
}
