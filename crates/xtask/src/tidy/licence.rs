//! Whether a licence expression can be met by the licences that `deny.toml` allows.
//!
//! **Must not:** know which licences those are.

/// True when some choice the expression offers is allowed throughout.
pub(super) fn is_met(expression: &str, allowed: &[String]) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    either(&tokens, &mut at, allowed) && at == tokens.len()
}

fn either(tokens: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let mut met = both(tokens, at, allowed);
    while tokens.get(*at) == Some(&"OR") {
        *at += 1;
        met |= both(tokens, at, allowed);
    }
    met
}

fn both(tokens: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let mut met = one(tokens, at, allowed);
    while tokens.get(*at) == Some(&"AND") {
        *at += 1;
        met &= one(tokens, at, allowed);
    }
    met
}

fn one(tokens: &[&str], at: &mut usize, allowed: &[String]) -> bool {
    let Some(token) = tokens.get(*at) else { return false };
    *at += 1;
    if *token == "(" {
        let met = either(tokens, at, allowed);
        *at += 1;
        return met;
    }
    let mut name = (*token).to_owned();
    if tokens.get(*at) == Some(&"WITH") {
        name = format!("{name} WITH {}", tokens.get(*at + 1).copied().unwrap_or_default());
        *at += 2;
    }
    allowed.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::is_met;

    fn check(expression: &str, expected: bool) {
        let allowed = ["MIT", "Apache-2.0", "ISC", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned);
        assert_eq!(is_met(expression, &allowed), expected, "{expression}");
    }

    #[test]
    fn an_expression_is_met_by_one_allowed_choice() {
        check("MIT", true);
        check("GPL-3.0", false);
        check("MIT/GPL-3.0", true);
        check("GPL-3.0 OR (MIT AND ISC)", true);
        check("MIT AND GPL-3.0", false);
        check("Apache-2.0 WITH LLVM-exception", true);
        check("", false);
    }
}
