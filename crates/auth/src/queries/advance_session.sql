update auth.sessions
   set refresh_token_counter = $2::bigint + 1, refreshed_at = now()::timestamp, updated_at = now()
 where id = $1::uuid and refresh_token_counter = $2::bigint
