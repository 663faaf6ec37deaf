select id, extract(epoch from banned_until)::bigint as until_s from auth.users where banned_until > now()
