insert into auth.mfa_amr_claims (session_id, created_at, updated_at, authentication_method, id)
values ($1::uuid, now(), now(), $2::text, gen_random_uuid())
