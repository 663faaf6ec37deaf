update auth.users
   set email_confirmed_at = coalesce(email_confirmed_at, now()),
       confirmation_token = '',
       raw_user_meta_data = coalesce(raw_user_meta_data, '{}'::jsonb) || '{"email_verified": true}'::jsonb,
       updated_at = now()
 where confirmation_token = $1::text and confirmation_token <> '' and deleted_at is null
   and confirmation_sent_at > $2::timestamptz
returning id
