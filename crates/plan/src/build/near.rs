//! Names that are nearly right, for hints. Only names of the same schema are offered; whether the caller may see them is the
//! surface's to decide.

use algebra::names::SchemaName;
use catalog::Catalog;

/// Names this alike are offered (rest.md §5).
const SIMILARITY_MIN: f64 = 0.75;

/// The relation whose name is most like this one.
pub(super) fn relation(catalog: &Catalog, schema: &SchemaName, name: &str) -> Option<String> {
    let tables = catalog.tables().map(|table| &table.name);
    let views = catalog.views().map(|view| &view.name);
    best(name, tables.chain(views).filter(|of| of.schema == *schema).map(|of| of.name.as_str()))
}

/// The candidate most like `name`, if it is alike enough and not the same.
pub(super) fn best<'c>(name: &str, candidates: impl Iterator<Item = &'c str>) -> Option<String> {
    candidates
        .filter(|candidate| *candidate != name)
        .map(|candidate| (similarity(name, candidate), candidate))
        .filter(|(similarity, _)| *similarity >= SIMILARITY_MIN)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, candidate)| candidate.to_owned())
}

/// 1 minus the share of characters that must change (Levenshtein).
fn similarity(left: &str, right: &str) -> f64 {
    let left: Vec<char> = left.to_lowercase().chars().collect();
    let right: Vec<char> = right.to_lowercase().chars().collect();
    let longest = left.len().max(right.len());
    if longest == 0 {
        return 1.0;
    }
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in right.iter().enumerate() {
            let substituted = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "names are at most 63 bytes long")]
    let share = row[right.len()] as f64 / longest as f64;
    1.0 - share
}

#[cfg(test)]
mod tests {
    use super::best;

    #[test]
    fn a_typing_slip_finds_its_name() {
        assert_eq!(best("taks", ["tasks", "projects"].into_iter()), Some("tasks".to_owned()));
        assert_eq!(best("xyz", ["tasks", "projects"].into_iter()), None);
    }
}
