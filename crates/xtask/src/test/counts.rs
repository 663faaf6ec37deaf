//! How many tests passed and failed, from what their runners print.
//!
//! **Must not:** guess: a runner that is not known here counts as nothing, and nothing counts as a failure.

/// Passed and failed in a log of nextest, `cargo test`, node's test runner, or this program.
pub(super) fn read(log: &str) -> (u64, u64) {
    let mut sum = (0, 0);
    for line in log.lines().map(str::trim) {
        let words: Vec<&str> = line.split([' ', ',', ';', '.']).filter(|word| !word.is_empty()).collect();
        let before = |name: &str| {
            let at = words.iter().position(|word| *word == name)?;
            words.get(at.checked_sub(1)?)?.parse::<u64>().ok()
        };
        let (passed, failed) = match words.first() {
            Some(&"Summary") => {
                (before("passed"), Some(before("failed").unwrap_or(0) + before("timed").unwrap_or(0)))
            }
            Some(&"test") if words.get(1) == Some(&"result:") => (before("passed"), before("failed")),
            Some(&("#" | "ℹ")) => match words[1..] {
                ["pass", count] => (count.parse().ok(), None),
                ["fail" | "cancelled", count] => (None, count.parse().ok()),
                _ => (None, None),
            },
            Some(_) if words.len() == 4 && words[1] == "passed" && words[3] == "failed" => {
                (before("passed"), before("failed"))
            }
            _ => (None, None),
        };
        sum.0 += passed.unwrap_or(0);
        sum.1 += failed.unwrap_or(0);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn every_runner_is_understood() {
        let nextest = "     Summary [   0.010s] 31 tests run: 29 passed (1 slow), 2 failed, 3 skipped";
        assert_eq!(read(nextest), (29, 2));
        let cargo = "test result: ok. 4 passed; 0 failed; 0 ignored; 0 measured\ntest result: FAILED. 3 passed; 1 failed;";
        assert_eq!(read(cargo), (7, 1));
        assert_eq!(read("ℹ tests 5\nℹ pass 3\nℹ fail 1\nℹ cancelled 1\n"), (3, 2));
        assert_eq!(read("ok x\n12 passed, 1 failed\n"), (12, 1));
        assert_eq!(read("nothing ran"), (0, 0));
    }
}
