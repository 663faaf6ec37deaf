delete from auth.identities where user_id = $1::uuid
