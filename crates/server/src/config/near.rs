//! The known name that a wrong one was probably meant to be.
//!
//! **Must not:** guess wildly: a name that is too far away is not offered.

/// The nearest of the names, if one is near enough.
pub(crate) fn nearest<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> Option<String> {
    let allowed = (wrong.chars().count() / 4).clamp(1, 3);
    let measured = names.map(|name| (distance(wrong, name), name));
    let (_, name) = measured.filter(|(distance, _)| *distance <= allowed).min()?;
    Some(name.to_owned())
}

/// How many letters must be changed, added, removed or swapped with their neighbour.
fn distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.to_lowercase().chars().collect();
    let right: Vec<char> = right.to_lowercase().chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, b) in right.iter().enumerate() {
            let mut cost = (row[j + 1] + 1).min(next[j] + 1).min(row[j] + usize::from(a != b));
            let is_swap = i > 0 && j > 0 && *a == right[j - 1] && left[i - 1] == *b;
            if is_swap {
                cost = cost.min(before[j - 1] + 1);
            }
            next.push(cost);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found_and_far_ones_are_not() {
        let names = ["port", "host", "public_url", "trusted_proxies"];
        let near = |wrong: &str| nearest(wrong, names.into_iter());
        assert_eq!(near("prot").as_deref(), Some("port"));
        assert_eq!(near("Port").as_deref(), Some("port"));
        assert_eq!(near("public-url").as_deref(), Some("public_url"));
        assert_eq!(near("trustedproxies").as_deref(), Some("trusted_proxies"));
        assert_eq!(near("colour"), None);
        assert_eq!(near(""), None);
    }
}
