//! The front end for SQL: whatever stands in a migration is read or refused with a place inside the text, without a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let refused = [
        pgsql::parse_script(text).err(),
        pgsql::parse_expression(text).err(),
        pgsql::parse_type(text).err(),
    ];
    for diagnostic in refused.into_iter().flatten() {
        let (start, end) = (diagnostic.span.start as usize, diagnostic.span.end as usize);
        assert!(start <= end && end <= text.len(), "{diagnostic:?}");
        assert!(text.is_char_boundary(start) && text.is_char_boundary(end), "{diagnostic:?}");
    }
});
