//! The pages of docs/ that are made from tables here are as the tables are.
//!
//! `UPDATE_CASES=1` writes them anew. **Must not:** be compiled outside tests.

use std::path::Path;

fn check(name: &str, page: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name);
    #[expect(clippy::disallowed_methods, reason = "a test is told by its environment what to do")]
    if std::env::var_os("UPDATE_CASES").is_some() {
        std::fs::write(&path, page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "docs/{name} is not what its table says; UPDATE_CASES=1 cargo test writes it");
}

#[test]
fn errors_are_as_their_table() {
    check("errors.md", &crate::failure::docs_page());
}

#[test]
fn limits_are_as_their_table() {
    check("limits.md", &crate::limits::docs_page());
}
