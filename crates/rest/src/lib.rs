//! The REST surface: PostgREST's grammar and resource URLs.
