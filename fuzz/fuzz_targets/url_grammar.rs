//! Any query string is read or refused, never a panic; and what is read means the same in its canonical form.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rest::query::{Query, canonical};
use web::Limits;

fuzz_target!(|raw: &str| {
    let limits = Limits::default();
    if let Ok(query) = Query::parse(raw, &limits) {
        let text = canonical(&query.pairs);
        let again = Query::parse(&text, &limits).expect("the canonical form of what was read can be read");
        assert_eq!(canonical(&again.pairs), text);
        assert_eq!(again.filters.len(), query.filters.len());
        assert_eq!(again.trees.len(), query.trees.len());
    }
});
