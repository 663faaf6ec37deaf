//! Text in, tokens out.

use super::*;

fn check(source: &str, expected: &str) {
    assert_eq!(shown(source), expected, "{source}");
}

fn shown(source: &str) -> String {
    let tokens = tokens(source);
    let shown = tokens.iter().map(|token| match &token.kind {
        TokenKind::Word { text, class: None } => format!("name({text})"),
        TokenKind::Word { text, class: Some(_) } => text.clone(),
        TokenKind::Quoted(text) => format!("quoted({text})"),
        TokenKind::Integer(text) => format!("int({text})"),
        TokenKind::Number(text) => format!("num({text})"),
        TokenKind::String { text, contents } => {
            if let Some(contents) = contents {
                assert_eq!(contents.text(source), text, "contents");
            }
            format!("str({text})")
        }
        TokenKind::Bits(text) => format!("bits({text})"),
        TokenKind::HexBits(text) => format!("hex({text})"),
        TokenKind::Parameter(number) => format!("${number}"),
        TokenKind::Operator(text) => format!("op({text})"),
        TokenKind::Mark(text) => (*text).to_owned(),
        TokenKind::Stray => format!("stray({})", token.span.text(source)),
        TokenKind::Bad(error) => format!("bad({} {})", error.sqlstate.code(), error.message),
        TokenKind::End => "end".to_owned(),
    });
    shown.collect::<Vec<_>>().join(" ")
}

#[test]
fn words_fold_and_quotes_keep() {
    check(r#"SELECT Foo "Foo" "a""b""#, r#"select name(foo) quoted(Foo) quoted(a"b) end"#);
    check("straße ÄB _x$1", "name(straße) name(Äb) name(_x$1) end");
    check(r#"u&"d\0061t\+000061""#, "quoted(data) end");
    check(r#"u&"d!0061t" uescape '!'"#, "quoted(dat) end");
    check(r#""""#, r#"bad(42601 zero-length delimited identifier at or near """") end"#);
    check(r#""a"#, r#"bad(42601 unterminated quoted identifier at or near ""a") end"#);
}

#[test]
fn long_names_are_cut_at_a_character() {
    check(&"a".repeat(70), &format!("name({}) end", "a".repeat(63)));
    check(&"ä".repeat(40), &format!("name({}) end", "ä".repeat(31)));
}

#[test]
fn strings_in_every_form() {
    check(r"'a''b' 'a\b' ''", r"str(a'b) str(a\b) str() end");
    check("'a'\n 'b'", "str(ab) end");
    check("'a' -- c\n 'b'", "str(ab) end");
    check("'a' 'b'", "str(a) str(b) end");
    check(r"e'a\n\x41\101\u00e4\'\q'''", "str(a\nAAä'q') end");
    check(r"e'\ud83d\ude00' U&'\d83d\de00' u&'\\x'", r"str(😀) str(😀) str(\x) end");
    check("b'01' X'1F' n'x'", "bits(01) hex(1F) nchar str(x) end");
    check("$$a'b$$ $t$a$$b$t$ $1 $12", "str(a'b) str(a$$b) $1 $12 end");
}

#[test]
fn bad_strings_name_the_fault_and_the_next_token_is_read() {
    check("'abc", r#"bad(42601 unterminated quoted string at or near "'abc") end"#);
    check("$x$abc", r#"bad(42601 unterminated dollar-quoted string at or near "$x$abc") end"#);
    check(r"e'\u12' a", "bad(22025 invalid Unicode escape) name(a) end");
    check(r"e'\ud800x'", r#"bad(42601 invalid Unicode surrogate pair at or near "\ud800") end"#);
    check(r"e'\0' a", r#"bad(22021 invalid byte sequence for encoding "UTF8": 0x00) name(a) end"#);
    check(r"e'\xff'", r#"bad(22021 invalid byte sequence for encoding "UTF8": 0xff) end"#);
    check("a\0b", r#"name(a) bad(22021 invalid byte sequence for encoding "UTF8": 0x00) name(b) end"#);
    check("'a\0b'", r#"bad(22021 invalid byte sequence for encoding "UTF8": 0x00) end"#);
}

#[test]
fn numbers() {
    check(
        "1 1.5 .5 1. 1e5 1.5E-3 1..2",
        "int(1) num(1.5) num(.5) num(1.) num(1e5) num(1.5E-3) int(1) .. int(2) end",
    );
    check("0x1f", r#"bad(42601 trailing junk after numeric literal at or near "0x1f") end"#);
    check("1_000", r#"bad(42601 trailing junk after numeric literal at or near "1_000") end"#);
    check("1e+ 2", r#"bad(42601 trailing junk after numeric literal at or near "1e+") int(2) end"#);
    check("$1a", r#"bad(42601 trailing junk after parameter at or near "$1a") end"#);
}

#[test]
fn operators_end_where_postgresql_ends_them() {
    check("a=-1", "name(a) op(=) op(-) int(1) end");
    check("a@-1", "name(a) op(@-) int(1) end");
    check("a*--c\nb", "name(a) op(*) name(b) end");
    check("a+/*c*/b", "name(a) op(+) name(b) end");
    check("a!=b<=c=>d", "name(a) op(<>) name(b) op(<=) name(c) => name(d) end");
    check("a->>'b'::text", "name(a) op(->>) str(b) :: text end");
    check("a:=b[1:2]", "name(a) := name(b) [ int(1) : int(2) ] end");
    check("5!~-3 2+-+1", "int(5) op(!~-) int(3) int(2) op(+) op(-) op(+) int(1) end");
}

#[test]
fn comments_nest() {
    check("a /* b /* c */ d */ e -- f\ng", "name(a) name(e) name(g) end");
    check("a /* b", r#"name(a) bad(42601 unterminated /* comment at or near "/* b") end"#);
}
