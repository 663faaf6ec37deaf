//! Files, variables and flags in; sections or mistakes out.

use super::*;

fn read(file: &str, variables: &[(&str, &str)]) -> Result<Config, ConfigErrors> {
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Config::read(Some(("mainstay.toml", file)), variables, &[])
}

/// What is said about a file, one mistake a line.
fn complaints(file: &str, variables: &[(&str, &str)]) -> String {
    read(file, variables).unwrap_err().to_string()
}

const SECRET: &str = "a-secret-for-tests-that-everybody-may-read-0123456789";

#[test]
fn nothing_written_is_the_default() {
    let config =
        read("", &[("HOME", "/root"), ("MAINSTAY_BINARY", "x"), ("MAINSTAY_ANON_KEY", "x")]).unwrap();
    assert_eq!((config.server.host.to_string().as_str(), config.server.port), ("127.0.0.1", 8000));
    assert_eq!(config.public_url(), "http://localhost:8000");
    assert_eq!(config.limits, Limits::default());
    assert!(config.auth.autoconfirm && config.auth.signup && config.auth.jwt_secret.is_none());
}

#[test]
fn a_file_sets_every_kind_of_value() {
    let config = read(
        r#"
        [server]
        host = "0.0.0.0"
        port = 9_000
        public_url = "https://api.example.org/"
        trusted_proxies = ["10.0.0.0/8", "::1"]
        [database]
        path = "data/app.db"
        [api]
        schemas = ["public", "api"]
        [auth]
        jwt_expiry_seconds = 600
        signup = false
        [cors]
        allowed_origins = ["https://app.example.org"]
        [limits]
        rows_max = 50
        body_bytes_max = 0x1000
        [log]
        level = "warn,web=debug"
        format = "json"
        requests = "all"
        "#,
        &[],
    )
    .unwrap();
    assert_eq!(config.public_url(), "https://api.example.org");
    assert!(config.server.public_url.as_ref().unwrap().is_https());
    assert!(config.server.trusted_proxies.has("10.9.9.9".parse().unwrap()));
    assert_eq!(config.api.schemas, ["public", "api"]);
    assert!(!config.auth.signup);
    assert_eq!(config.auth.jwt_expiry_seconds.0, 600);
    assert_eq!((config.limits.rows_max, config.limits.body_bytes_max), (50, 4096));
    assert_eq!(config.log.format, Some(LogFormat::Json));
    assert_eq!(config.log.requests, Some(web::AccessLog::All));
    assert_eq!(config.database.path.to_str(), Some("data/app.db"));
}

#[test]
fn variables_go_over_the_file_and_flags_over_both() {
    let file = "[server]\nport = 1000\n[api]\nschemas = [\"a\"]";
    assert_eq!(read(file, &[("PORT", "2000")]).unwrap().server.port, 2000);
    assert_eq!(read(file, &[("PORT", "2000"), ("MAINSTAY_PORT", "3000")]).unwrap().server.port, 3000);
    assert_eq!(read(file, &[("MAINSTAY_SERVER_PORT", "3000"), ("PORT", "2000")]).unwrap().server.port, 3000);
    assert_eq!(read(file, &[("PORT", "")]).unwrap().server.port, 1000);
    assert_eq!(read(file, &[("MAINSTAY_SCHEMAS", "b, c")]).unwrap().api.schemas, ["b", "c"]);
    assert_eq!(read(file, &[("MAINSTAY_LIMITS_ROWS_MAX", "7")]).unwrap().limits.rows_max, 7);
    assert!(!read(file, &[("MAINSTAY_AUTH_SIGNUP", "off")]).unwrap().auth.signup);
    assert!(read(file, &[("MAINSTAY_JWT_SECRET", SECRET)]).unwrap().auth.jwt_secret.is_some());
    assert!(read(file, &[("DATABASE_URL", "postgres://a:b@c/d")]).unwrap().database.url.is_some());
    assert_eq!(read("", &[("NO_COLOR", "1")]).unwrap().log.color, Some(false));
    assert_eq!(read("", &[("NO_COLOR", "1"), ("MAINSTAY_LOG_COLOR", "on")]).unwrap().log.color, Some(true));
    let flag = Flag { flag: "--port", key: "server.port", text: "4000".to_owned() };
    let config = Config::read(None, [("PORT".to_owned(), "2000".to_owned())], &[flag]).unwrap();
    assert_eq!(config.server.port, 4000);
}

#[test]
fn unknown_names_are_refused_with_the_nearest_and_the_line() {
    for (file, complaint) in [
        ("[server]\nprot = 1", "mainstay.toml:2: unknown key `server.prot`; did you mean `server.port`?"),
        ("\n[sever]\nport = 1", "mainstay.toml:2: unknown section `sever`; did you mean `server`?"),
        ("port = 1", "mainstay.toml:1: unknown key `port`; did you mean `server.port`?"),
        (
            "[server]\nschemas = []",
            "mainstay.toml:2: unknown key `server.schemas`; did you mean `api.schemas`?",
        ),
        (
            "[limits]\nrow_max = 1",
            "mainstay.toml:2: unknown key `limits.row_max`; did you mean `limits.rows_max`?",
        ),
        ("[log]\ncolour = 1", "mainstay.toml:2: unknown key `log.colour`; did you mean `log.color`?"),
        ("[log]\nbanner = 1", "mainstay.toml:2: unknown key `log.banner`"),
        ("[smtp]\nhost = \"x\"", "mainstay.toml:1: unknown section `smtp`"),
    ] {
        assert_eq!(complaints(file, &[]), complaint);
    }
    assert_eq!(
        complaints("", &[("MAINSTAY_SERVER_PROT", "1")]),
        "environment variable MAINSTAY_SERVER_PROT: unknown variable `MAINSTAY_SERVER_PROT`; did you mean `MAINSTAY_SERVER_PORT`?"
    );
    assert!(complaints("", &[("MAINSTAY_JWT_SECERT", SECRET)]).contains("MAINSTAY_JWT_SECRET"));
}

#[test]
fn all_mistakes_are_told_at_once_and_no_value_is_repeated() {
    let said = complaints(
        "[server]\nport = \"my-secret\"\nhost = 7\n[auth]\njwt_secret = \"short-secret\"\njwt_expiry_seconds = 90000\n\
         [cors]\nallowed_origins = [\"*\", \"https://a.example\"]\n[api]\nschemas = [1]\n[static]\nfallback = 1",
        &[("MAINSTAY_PUBLIC_URL", "ftp://my-secret"), ("MAINSTAY_TRUSTED_PROXIES", "my-secret")],
    );
    let lines: Vec<_> = said.lines().collect();
    assert_eq!(lines.len(), 9, "{said}");
    assert!(
        lines.contains(&"mainstay.toml:2: `server.port` must be a whole number from 0 to 65535"),
        "{said}"
    );
    assert!(
        lines.contains(&"mainstay.toml:6: `auth.jwt_expiry_seconds` must be a whole number from 60 to 86400")
    );
    assert!(lines.iter().any(|line| {
        line.starts_with("environment variable MAINSTAY_PUBLIC_URL: `server.public_url` must be a URL")
    }));
    assert!(!said.contains("my-secret") && !said.contains("short-secret"), "{said}");
}

#[test]
fn sample_and_short_secrets_stop_the_start() {
    for secret in ["short", "super-secret-jwt-token-with-at-least-32-characters-long"] {
        assert!(
            complaints("", &[("MAINSTAY_JWT_SECRET", secret)])
                .contains("`auth.jwt_secret` must be a good secret")
        );
    }
    let jwks = r#"{"keys":[{"kty":"oct","k":"c2hvcnQ"}]}"#;
    assert!(complaints("", &[("MAINSTAY_JWT_SECRET", jwks)]).contains("has 5 bytes"));
    let config =
        read("", &[("MAINSTAY_JWT_SECRET", SECRET), ("DATABASE_URL", "postgres://u:hunter2@h/d")]).unwrap();
    let printed = format!("{config:?}");
    assert!(!printed.contains(SECRET) && !printed.contains("hunter2"), "{printed}");
}

#[test]
fn limits_are_checked_against_their_table() {
    let said = complaints("[limits]\nbody_bytes_max = 0", &[]);
    assert_eq!(
        said,
        "`limits.body_bytes_max` is 0, and must be between 1024 and 1073741824 (LIM-02: body of a data request, in bytes)"
    );
    assert!(complaints("[limits]\nrows_max = -1", &[]).contains("`limits.rows_max` must be a whole number"));
    assert!(read("[limits]\nhash_memory_kib = 99999999999", &[]).is_err());
}

#[test]
fn other_products_names_are_understood_and_not_beside_ours() {
    assert_eq!(read("[api]\nmax_rows = 5", &[]).unwrap().limits.rows_max, 5);
    assert_eq!(read("[auth]\npassword_min_length = 12", &[]).unwrap().limits.password_chars_min, 12);
    assert_eq!(read("", &[("MAINSTAY_API_MAX_ROWS", "6")]).unwrap().limits.rows_max, 6);
    assert!(complaints("[limits]\nrows_max = 5\n[api]\nmax_rows = 5", &[]).contains("a second time"));
}

#[test]
fn broken_files_are_told_with_the_line() {
    assert!(complaints("[server]\nport = \n", &[]).starts_with("mainstay.toml:2: not TOML: "));
    assert!(complaints("[server]\nport = 1\nport = 2\n", &[]).starts_with("mainstay.toml:3: not TOML: "));
}

/// `UPDATE_CASES=1` writes the page anew.
#[test]
fn the_docs_page_is_as_the_keys_are() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/configuration.md");
    let page = Config::docs_page();
    #[expect(clippy::disallowed_methods, reason = "a test is told by its environment what to do")]
    if std::env::var_os("UPDATE_CASES").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == page,
        "docs/configuration.md is not what the keys say; UPDATE_CASES=1 cargo test writes it"
    );
    for key in keys() {
        assert!(page.contains(&format!("| `{}` |", key.name)), "{}", key.name);
    }
    assert!(page.contains("## `[limits]`") && page.contains("True until mail can be sent"));
}
