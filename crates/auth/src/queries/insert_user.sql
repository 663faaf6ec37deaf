insert into auth.users (
  instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, confirmation_token, confirmation_sent_at,
  raw_app_meta_data, raw_user_meta_data, created_at, updated_at, phone, phone_confirmed_at, banned_until, is_anonymous)
values (
  '00000000-0000-0000-0000-000000000000', $1::uuid, $2::text, $3::text, $4::text, $5::text,
  case when $6::boolean then now() end, $7::text, case when $7::text is not null then now() end,
  $8::jsonb, $9::jsonb, now(), now(), $10::text, case when $11::boolean then now() end, $12::timestamptz, false)
