select kind, version, name, checksum, text, applied_at from mainstay.migrations order by position
