insert into auth.refresh_tokens (instance_id, token, user_id, revoked, created_at, updated_at, parent, session_id)
select '00000000-0000-0000-0000-000000000000', $1::text, s.user_id::text, false, now(), now(), $2::text, s.id
  from auth.sessions s
 where s.id = $3::uuid and s.refresh_token_counter = $4::bigint + 1
    on conflict (token) do nothing
