//! What surfaces share: failures, tokens, limits, rate limits.
