//! Expected results are PostgreSQL 15's.

use super::{Case, Pattern, ilike, like, similar_to_regular_expression};

#[test]
fn patterns_match_as_in_postgresql() {
    for (text, pattern, expected) in [
        ("abc", "abc", true),
        ("abc", "a%", true),
        ("abc", "_b_", true),
        ("abc", "c", false),
        ("abc", "%b%", true),
        ("", "%", true),
        ("", "", true),
        ("", "_", false),
        ("abc", "", false),
        ("ABC", "abc", false),
        ("a%c", r"a\%c", true),
        ("abc", r"a\%c", false),
        (r"a\c", r"a\\c", true),
        ("aab", "%ab", true),
        ("aaa", "%a_", true),
        ("é", "_", true),
        ("日本語", "日_語", true),
        ("abcabc", "%abc", true),
        ("abab", "%ab%ab%", true),
        ("ab", "%ab%ab%", false),
        ("a\nb", "a_b", true),
        ("xay", "%a%_", true),
        ("xa", "%a_%", false),
        ("mississippi", "m%iss%ip_i", true),
        ("ab", r"a\b", true),
    ] {
        assert_eq!(like(text, pattern), Ok(expected), "{text} like {pattern}");
    }
    assert_eq!(ilike("ÉCOLE", "é%"), Ok(true));
    assert_eq!(ilike("Straße", "STRASSE"), Ok(false));
}

#[test]
fn an_escape_at_the_end_is_an_error_when_it_is_reached() {
    assert_eq!(like("a", r"b\"), Ok(false));
    assert_eq!(like("b", r"b\"), Ok(false));
    assert_eq!(like("bc", r"b\").expect_err("reached").sqlstate, "22025");
    assert_eq!(like("a", r"%_\").expect_err("behind wildcards").sqlstate, "22025");
    assert_eq!(like("", r"%_\"), Ok(false));
    assert_eq!(like("a", r"_%\"), Ok(false));
    assert_eq!(like("xbc", r"%b\").expect_err("reached").sqlstate, "22025");
}

#[test]
fn escapes_can_be_chosen_or_switched_off() {
    let matches = |text: &str, pattern: &str, escape: &str| {
        let escape = super::escape_character(escape)?;
        Pattern::new(pattern, escape, Case::Sensitive).matches(text)
    };
    assert_eq!(matches("a%", "a#%", "#"), Ok(true));
    assert_eq!(matches("ab", "a#%", "#"), Ok(false));
    assert_eq!(matches(r"a\b", r"a\%", ""), Ok(true));
    assert_eq!(matches("a", "a", "##").expect_err("two characters").sqlstate, "22019");
}

#[test]
fn many_wildcards_stay_cheap() {
    let text = "a".repeat(20_000);
    let pattern = format!("{}b", "%a".repeat(200));
    assert_eq!(like(&text, &pattern), Ok(false));
}

#[test]
fn a_prefix_is_known_up_to_the_first_wildcard() {
    let prefix = |pattern: &str| Pattern::new(pattern, Some('\\'), Case::Sensitive).prefix();
    assert_eq!(prefix(r"ab\_c%").as_deref(), Some("ab_c"));
    assert_eq!(prefix("a_c").as_deref(), Some("a"));
    assert_eq!(prefix("%a"), None);
}

#[test]
fn similar_patterns_become_regular_expressions() {
    let translated = |pattern: &str| similar_to_regular_expression(pattern, Some('\\'));
    assert_eq!(translated("%(b|d)%").as_deref(), Ok("^(?:.*(?:b|d).*)$"));
    assert_eq!(translated("a.b_[x%^]").as_deref(), Ok(r"^(?:a\.b.[x%^])$"));
    assert_eq!(translated(r"a\%").as_deref(), Ok(r"^(?:a\%)$"));
}
