//! The service's own queries: PostgreSQL SQL, compiled for both engines.

use database::Query;

macro_rules! queries {
    ($($name:ident = $file:literal),+ $(,)?) => {
        $(pub(crate) static $name: Query = Query { name: $file, text: include_str!(concat!("queries/", $file)) };)+

        /// All of them, to be compiled when the server starts and in tests.
        pub(crate) static ALL: &[&Query] = &[$(&$name),+];
    };
}

queries! {
    ADVANCE_SESSION = "advance_session.sql",
    AMR_OF_SESSION = "amr_of_session.sql",
    BANNED_USERS = "banned_users.sql",
    CONFIRM_USER = "confirm_user.sql",
    DELETE_IDENTITIES = "delete_identities.sql",
    DELETE_OTHER_SESSIONS = "delete_other_sessions.sql",
    DELETE_SESSION = "delete_session.sql",
    DELETE_SESSIONS = "delete_sessions.sql",
    DELETE_USER = "delete_user.sql",
    FAILURES = "failures.sql",
    FORGET_FAILURES = "forget_failures.sql",
    IDENTITIES_OF_PAGE = "identities_of_page.sql",
    IDENTITIES_OF_USER = "identities_of_user.sql",
    INSERT_AMR = "insert_amr.sql",
    INSERT_IDENTITY = "insert_identity.sql",
    INSERT_NEXT_TOKEN = "insert_next_token.sql",
    INSERT_REFRESH_TOKEN = "insert_refresh_token.sql",
    INSERT_SESSION = "insert_session.sql",
    INSERT_USER = "insert_user.sql",
    NOTE_FAILURE = "note_failure.sql",
    REHASH_PASSWORD = "rehash_password.sql",
    RENEW_CONFIRMATION = "renew_confirmation.sql",
    RETIRE_TOKEN = "retire_token.sql",
    REVOKE_FAMILY = "revoke_family.sql",
    SESSION_BY_ID = "session_by_id.sql",
    SESSIONS_OF_USER = "sessions_of_user.sql",
    SOFT_DELETE_USER = "soft_delete_user.sql",
    SWEEP_FAILURES = "sweep_failures.sql",
    TOKEN_BY_HASH = "token_by_hash.sql",
    TOUCH_IDENTITY = "touch_identity.sql",
    TOUCH_LOGIN = "touch_login.sql",
    UPDATE_IDENTITY_EMAIL = "update_identity_email.sql",
    UPDATE_USER = "update_user.sql",
    USER_BY_EMAIL = "user_by_email.sql",
    USER_BY_ID = "user_by_id.sql",
    USERS_COUNT = "users_count.sql",
    USERS_PAGE = "users_page.sql",
}
