select s.id, s.user_id, s.aal, s.refresh_token_counter, s.created_at, s.not_after
  from auth.sessions s
 where s.id = $1::uuid
