//! How many connections the system lets us open, so that none is taken that would starve the database or the log.
//!
//! **Must not:** raise the limit; that is the operator's to decide.

/// What is left for the database's files, the log, and what a request opens.
const RESERVED: usize = 64;

/// At least this many connections are taken, however low the limit.
const LEAST: usize = 16;

/// The connections that may be open: as many as configured, and fewer where the system allows fewer.
pub(super) fn connections_max(configured: usize) -> usize {
    // Where there is no such file, running out is met by the pauses of the accept loop alone.
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let Some(descriptors) = open_files(&limits) else { return configured };
    let possible = descriptors.saturating_sub(RESERVED).max(LEAST);
    if possible < configured {
        tracing::warn!(
            configured,
            possible,
            "the limit of open files allows fewer connections than are configured"
        );
    }
    configured.min(possible)
}

/// The soft limit of open files in the system's table of limits.
fn open_files(limits: &str) -> Option<usize> {
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_soft_limit_is_read() {
        let table = "Limit                     Soft Limit           Hard Limit           Units     \n\
                     Max processes             63432                63432                processes \n\
                     Max open files            1024                 524288               files     \n";
        assert_eq!(open_files(table), Some(1024));
        assert_eq!(
            open_files("Max open files            unlimited            unlimited            files"),
            None
        );
        assert_eq!(open_files(""), None);
    }

    #[test]
    fn few_connections_are_still_some() {
        assert_eq!(connections_max(1), 1);
    }
}
