update auth.users
   set deleted_at = now(), email = $2::text, phone = $3::text, encrypted_password = '', confirmation_token = '',
       recovery_token = '', email_change_token_new = '', email_change_token_current = '', email_change = '',
       phone_change = '', phone_change_token = '', reauthentication_token = '',
       raw_app_meta_data = '{}'::jsonb, raw_user_meta_data = '{}'::jsonb, updated_at = now()
 where id = $1::uuid
