select i.id, i.provider_id, i.user_id, i.identity_data, i.provider, i.last_sign_in_at, i.created_at, i.updated_at, i.email
  from auth.identities i
 where i.user_id in (
         select id from auth.users
          where aud = $1::text and deleted_at is null
            and (position($2::text in lower(coalesce(email, ''))) > 0 or $2::text = '')
          order by case when $5::boolean then created_at end asc, case when not $5::boolean then created_at end desc, id
          limit $3::bigint offset $4::bigint)
 order by i.user_id, i.created_at, i.id
