insert into mainstay.migrations (kind, version, name, checksum, text, applied_at)
values ($1::text, $2::text, $3::text, $4::text, $5::text, $6::timestamptz)
