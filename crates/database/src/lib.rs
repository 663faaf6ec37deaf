//! Sessions, the engine trait, and the engines.
