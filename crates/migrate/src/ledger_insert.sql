insert into mainstay.migrations (kind, version, name, checksum, text) values ($1::text, $2::text, $3::text, $4::text, $5::text)
