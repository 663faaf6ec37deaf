select kind, failures, consecutive, window_started_s, last_s
  from mainstay.password_failures
 where (kind = 'account' and key = $1::text) or (kind = 'address' and key = $2::text)
