insert into mainstay.seeds (checksum) values ($1::text) on conflict (checksum) do nothing
