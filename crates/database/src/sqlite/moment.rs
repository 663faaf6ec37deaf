//! The moment of a transaction, and the caller's facts, as statements see them.

use std::cell::OnceCell;
use std::time::{SystemTime, UNIX_EPOCH};

use algebra::datetime::Timestamp;
use algebra::jsonb;
use algebra::operation::Context;
use algebra::value::Value;
use policy::Caller;

/// When a transaction began. Texts are made when they are first asked for.
#[derive(Debug)]
pub(super) struct Moment {
    micros: i64,
    timestamp: OnceCell<String>,
    date: OnceCell<String>,
}

impl Moment {
    /// The moment now.
    #[expect(clippy::disallowed_methods, reason = "the engine says what `now()` is, as PostgreSQL's does")]
    pub(super) fn now() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self {
            micros: i64::try_from(since.as_micros()).unwrap_or(i64::MAX),
            timestamp: OnceCell::new(),
            date: OnceCell::new(),
        }
    }

    /// As the functions of `algebra` take it.
    pub(super) fn at(&self) -> Timestamp {
        Timestamp::from_micros(self.micros).unwrap_or(Timestamp::INFINITY)
    }

    /// In the stored form of timestamptz.
    fn timestamp(&self) -> &str {
        self.timestamp.get_or_init(|| self.at().stored_tz())
    }

    /// The day in UTC.
    fn date(&self) -> &str {
        self.date.get_or_init(|| self.at().date().stored())
    }
}

/// The value of a fact about the caller or the moment.
pub(super) fn fact(context: Context, caller: &Caller, moment: &Moment) -> Value {
    let text = |text: Option<&str>| text.map_or(Value::Null, |text| Value::Text(text.to_owned()));
    let claims = caller.claims();
    match context {
        Context::UserId => text(claims.and_then(policy::Claims::user_id)),
        Context::Role => Value::Text(caller.role().as_str().to_owned()),
        Context::Email => text(claims.and_then(policy::Claims::email)),
        // Claims are a jsonb here, whose parts must be in its normal form.
        Context::Claims => text(claims.and_then(|claims| jsonb::normalize(claims.json()?).ok()).as_deref()),
        Context::TransactionTime | Context::StatementTime => text(Some(moment.timestamp())),
        Context::Today => text(Some(moment.date())),
    }
}
