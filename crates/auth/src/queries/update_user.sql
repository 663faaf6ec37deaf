update auth.users
   set email = coalesce($2::text, email),
       encrypted_password = coalesce($3::text, encrypted_password),
       raw_app_meta_data = coalesce($4::jsonb, raw_app_meta_data),
       raw_user_meta_data = coalesce($5::jsonb, raw_user_meta_data),
       role = coalesce($6::text, role),
       aud = coalesce($7::text, aud),
       phone = coalesce($8::text, phone),
       email_confirmed_at = case when $9::boolean then coalesce(email_confirmed_at, now()) else email_confirmed_at end,
       phone_confirmed_at = case when $10::boolean then coalesce(phone_confirmed_at, now()) else phone_confirmed_at end,
       banned_until = case when $11::boolean then $12::timestamptz else banned_until end,
       updated_at = now()
 where id = $1::uuid
