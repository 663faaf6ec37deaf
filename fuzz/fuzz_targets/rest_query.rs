//! The grammar of URLs: whatever a client writes behind the question mark is read or refused, in bounded time, without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rest::query::Query;
use web::Limits;

fuzz_target!(|text: &str| {
    let limits = Limits::default();
    if let Err(error) = Query::parse(text, &limits) {
        // What is refused is refused in words.
        assert!(!error.to_string().is_empty());
    }
});
