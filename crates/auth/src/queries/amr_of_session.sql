select authentication_method, extract(epoch from updated_at)::bigint as at_s
  from auth.mfa_amr_claims
 where session_id = $1::uuid
 order by updated_at desc, authentication_method
