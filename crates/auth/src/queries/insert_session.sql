insert into auth.sessions (id, user_id, created_at, updated_at, aal, user_agent, ip, refresh_token_counter)
values ($1::uuid, $2::uuid, now(), now(), 'aal1', $3::text, $4::inet, 0)
