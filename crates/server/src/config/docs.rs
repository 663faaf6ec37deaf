//! The documentation's page of settings, made from the list of keys.
//!
//! **Must not:** say anything that the list does not.

use std::fmt::Write;

use super::sections::Key;

/// The page, in Markdown.
pub(crate) fn page(keys: &[Key]) -> String {
    let mut page = String::from(
        "# Configuration\n\n\
         Settings come from `mainstay.toml`, from the environment, and from the command line; each over the one before. \
         Every setting has a default, so that no file is needed. A key that does not exist is refused by name.\n\n\
         A key `name` of `[section]` is the variable `MAINSTAY_SECTION_NAME`; keys of `[server]`, `[api]` and `[auth]` may leave out \
         the section: `MAINSTAY_JWT_SECRET`. `PORT` and `DATABASE_URL` are understood too, and give way to the longer names. \
         Lists are written with commas there.\n",
    );
    let mut section = "";
    for key in keys {
        if key.section != section {
            section = key.section;
            write!(page, "\n## `[{section}]`\n\n| key | default | must be | meaning |\n|---|---|---|---|\n")
                .expect("writing to a string cannot fail");
        }
        let Key { name, default, expected, meaning, .. } = key;
        writeln!(page, "| `{name}` | `{default}` | {expected} | {meaning} |")
            .expect("writing to a string cannot fail");
    }
    page
}
