update auth.identities
   set identity_data = identity_data || jsonb_build_object('email', $2::text),
       updated_at = now()
 where user_id = $1::uuid and provider = 'email'
