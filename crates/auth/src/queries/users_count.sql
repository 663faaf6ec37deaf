select count(*) as total from auth.users
 where aud = $1::text and deleted_at is null
   and (position($2::text in lower(coalesce(email, ''))) > 0 or $2::text = '')
