select * from mainstay.accounts where email = $1::text and aud = $2::text and is_sso_user = false and deleted_at is null
