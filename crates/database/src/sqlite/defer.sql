-- Until the end of this transaction, foreign keys are checked at its end.
pragma defer_foreign_keys = on;
