select t.token, t.revoked, t.parent, t.session_id, extract(epoch from t.updated_at)::bigint as updated_s,
       s.user_id, s.refresh_token_counter,
       (select a.parent from auth.refresh_tokens a
         where a.session_id = t.session_id and a.revoked = false
         order by a.id desc limit 1) as active_parent,
       exists (select 1 from auth.refresh_tokens a where a.session_id = t.session_id and a.revoked = false) as has_active
  from auth.refresh_tokens t
  left join auth.sessions s on s.id = t.session_id
 where t.token = $1::text
