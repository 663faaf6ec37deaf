update auth.users
   set confirmation_token = $2::text, confirmation_sent_at = now(), updated_at = now()
 where id = $1::uuid and email_confirmed_at is null
