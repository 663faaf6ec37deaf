//! Starting real servers and databases for tests, and running cases.
