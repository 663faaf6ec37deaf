//! A guarded statement to SQL text and parameters, in two dialects.
