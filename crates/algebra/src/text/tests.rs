//! Expected results are PostgreSQL 15's.

use super::{
    Side, decode, encode, format, md5, overlay, pad, quote_identifier, quote_literal, split_part, substring,
};

#[test]
fn case_maps_one_character_to_one() {
    assert_eq!(super::lower("ÀÉİΣ"), "àéiσ");
    assert_eq!(super::upper("straße éǆ"), "STRAßE ÉǄ");
    assert_eq!(super::initcap("hello wORLD foo-bar 3d o'neil"), "Hello World Foo-Bar 3d O'Neil");
}

#[test]
fn padding_cuts_and_fills() {
    for (text, length, fill, left, right) in [
        ("hi", 5, "xy", "xyxhi", "hixyx"),
        ("hello", 2, "x", "he", "he"),
        ("hi", 5, "", "hi", "hi"),
        ("hi", -1, "x", "", ""),
        ("é", 3, "日", "日日é", "é日日"),
    ] {
        assert_eq!(pad(text, length, fill, Side::Left).as_deref(), Ok(left));
        assert_eq!(pad(text, length, fill, Side::Right).as_deref(), Ok(right));
    }
    assert_eq!(pad("", i64::MAX, "x", Side::Left).expect_err("huge").sqlstate, "54000");
    assert_eq!(super::repeat("ab", i64::MAX).expect_err("huge").sqlstate, "54000");
    assert_eq!(super::repeat("ab", -1).as_deref(), Ok(""));
}

#[test]
fn parts_are_counted_in_characters() {
    for (start, length, expected) in
        [(1, 2, "da"), (-1, 4, "da"), (3, 100, "ñé"), (2, 0, ""), (9, 1, ""), (0, 1, "")]
    {
        assert_eq!(substring("dañé", start, length), Ok(expected), "{start} {length}");
    }
    assert_eq!(substring("x", 1, -1).expect_err("negative").sqlstate, "22011");
    assert_eq!(substring("abc", i64::MIN, i64::MAX), Ok(""));
    assert_eq!(overlay("Txxxxas", "hom", 2, 4).as_deref(), Ok("Thomas"));
    assert_eq!(super::left("abcde", -2), "abc");
    assert_eq!(super::left("abcde", 2), "ab");
    assert_eq!(super::left("abcde", -9), "");
    assert_eq!(super::right("abcde", 2), "de");
    assert_eq!(super::right("abcde", -2), "cde");
    assert_eq!(super::right("ab", 9), "ab");
    assert_eq!(super::position("dañé", "é"), 4);
    assert_eq!(super::position("abc", ""), 1);
    assert_eq!(super::position("abc", "x"), 0);
}

#[test]
fn parts_are_split_from_either_end() {
    for (number, expected) in [(1, "a"), (2, ""), (3, "c"), (4, ""), (-1, "c"), (-3, "a"), (-4, "")] {
        assert_eq!(split_part("a,,c", ",", number), Ok(expected), "{number}");
    }
    assert_eq!(split_part("abc", "", 1), Ok("abc"));
    assert_eq!(split_part("abc", "", 2), Ok(""));
    assert_eq!(split_part("a", ",", 0).expect_err("zero").message, "field position must not be zero");
}

#[test]
fn characters_are_translated_trimmed_and_coded() {
    assert_eq!(super::translate("12345", "143", "ax"), "a2x5");
    assert_eq!(super::trim("xyxtrimyyx", "xyz", Side::Both), "trim");
    assert_eq!(super::trim("  a ", " ", Side::Left), "a ");
    assert_eq!(super::ascii("é"), 233);
    assert_eq!(super::ascii(""), 0);
    assert_eq!(super::chr(8364).as_deref(), Ok("€"));
    for code in [0, -1, 0xd800, 0x0011_0000] {
        assert_eq!(super::chr(code).expect_err("no character").sqlstate, "54000");
    }
    assert_eq!(super::replace("abcabc", "b", "xx").as_deref(), Ok("axxcaxxc"));
    assert_eq!(super::replace("abc", "", "x").as_deref(), Ok("abc"));
}

#[test]
fn quoting_is_as_little_as_needed() {
    for (name, expected) in [
        ("abc_1", "abc_1"),
        ("Abc", "\"Abc\""),
        ("select", "\"select\""),
        ("name", "name"),
        ("1a", "\"1a\""),
        ("", "\"\""),
        ("a\"b", "\"a\"\"b\""),
        ("value", "value"),
        ("int", "\"int\""),
    ] {
        assert_eq!(quote_identifier(name), expected);
    }
    assert_eq!(quote_literal("it's"), "'it''s'");
    assert_eq!(quote_literal(r"a\b"), r"E'a\\b'");
}

#[test]
fn formats_are_filled() {
    let arguments = [Some("one".to_owned()), Some("Two words".to_owned()), None, Some("-6".to_owned())];
    for (text, expected) in [
        ("%s %I %L %%", "one \"Two words\" NULL %"),
        ("%2$s-%1$s", "Two words-one"),
        ("[%6s][%-6s]", "[   one][Two words]"),
        ("[%-6s]", "[one   ]"),
        ("%3$s", ""),
        ("%1$L %s", "'one' Two words"),
    ] {
        assert_eq!(format(text, &arguments).as_deref(), Ok(expected), "{text}");
    }
    for (text, sqlstate) in [
        ("%", "22023"),
        ("%x", "22023"),
        ("%9$s", "22023"),
        ("%3$I", "22004"),
        ("%0$s", "22023"),
        ("%5", "22023"),
        ("[%*4$s]", "22023"),
    ] {
        assert_eq!(format(text, &arguments).expect_err(text).sqlstate, sqlstate, "{text}");
    }
}

#[test]
fn bytes_are_encoded_and_decoded() {
    assert_eq!(encode(b"123\x00\x01", "base64").as_deref(), Ok("MTIzAAE="));
    assert_eq!(encode(b"a\\\x00\xff", "escape").as_deref(), Ok("a\\\\\\000\\377"));
    assert_eq!(encode(&[0; 60], "base64").map(|text| text.find('\n')), Ok(Some(76)));
    for length in 0..70u8 {
        let bytes: Vec<u8> = (0..length).map(|byte| byte.wrapping_mul(37)).collect();
        for format in ["hex", "base64", "escape"] {
            let text = encode(&bytes, format).expect("known");
            assert_eq!(decode(&text, format).as_ref(), Ok(&bytes), "{format} {text}");
        }
    }
    for text in ["MTI", "M", "====", "M*=="] {
        assert_eq!(decode(text, "base64").expect_err(text).sqlstate, "22023");
    }
    assert_eq!(encode(b"", "rot13").expect_err("unknown").message, "unrecognized encoding: \"rot13\"");
}

#[test]
fn digests_are_those_of_the_rfc() {
    for (text, digest) in [
        ("", "d41d8cd98f00b204e9800998ecf8427e"),
        ("abc", "900150983cd24fb0d6963f7d28e17f72"),
        (
            "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
            "57edf4a22be3c955ac49da2e2107b67a",
        ),
    ] {
        assert_eq!(md5(text.as_bytes()), digest);
    }
}
