insert into "mainstay.sequences" (name, last_value, is_called) values (?1, ?2, ?3)
on conflict (name) do update set last_value = excluded.last_value, is_called = excluded.is_called;
