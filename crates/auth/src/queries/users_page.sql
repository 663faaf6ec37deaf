select * from mainstay.accounts
 where aud = $1::text and deleted_at is null
   and (position($2::text in lower(coalesce(email, ''))) > 0 or $2::text = '')
 order by case when $5::boolean then created_at end asc, case when not $5::boolean then created_at end desc, id
 limit $3::bigint offset $4::bigint
