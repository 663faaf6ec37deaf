insert into mainstay.password_failures as f (kind, key, failures, consecutive, window_started_s, last_s)
values ($1::text, $2::text, 1, 1, $3::bigint, $3::bigint)
    on conflict (kind, key) do update
   set failures = case when f.window_started_s + $4::bigint <= $3::bigint then 1 else f.failures + 1 end,
       window_started_s = case when f.window_started_s + $4::bigint <= $3::bigint then $3::bigint else f.window_started_s end,
       consecutive = f.consecutive + 1,
       last_s = $3::bigint
