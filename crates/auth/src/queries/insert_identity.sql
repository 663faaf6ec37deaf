insert into auth.identities (provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at, id)
values ($1::text, $2::uuid, $3::jsonb, $4::text, now(), now(), now(), gen_random_uuid())
