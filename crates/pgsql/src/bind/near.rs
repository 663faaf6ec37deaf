//! Names that look alike, for hints.
//!
//! **Must not:** propose a name that is not much like the one that was written.

/// The candidate most like the name, when one is near enough.
pub(crate) fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    // Names of one or two letters are like everything.
    let limit = (name.chars().count() / 3).min(3);
    candidates
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance > 0 && *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many single-letter edits lie between two names.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (at, letter) in left.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (column, other) in right.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[right.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn only_what_is_near_is_proposed() {
        let columns = ["title", "owner_id", "done"];
        assert_eq!(nearest("titel", columns.into_iter()), None);
        assert_eq!(nearest("titl", columns.into_iter()), Some("title"));
        assert_eq!(nearest("ownerid", columns.into_iter()), Some("owner_id"));
        assert_eq!(nearest("price", columns.into_iter()), None);
    }
}
