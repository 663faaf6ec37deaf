//! Names, types, values and the typed tree that every request, policy and view becomes.
