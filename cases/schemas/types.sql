-- One column of every type, and a row of ordinary values, a row of extreme ones and a row of nulls.

create type mood as enum ('sad', 'calm', 'glad');

create table samples (
  id integer primary key,
  a_boolean boolean,
  a_smallint smallint,
  an_integer integer,
  a_bigint bigint,
  a_real real,
  a_double double precision,
  a_numeric numeric,
  a_money numeric(12,2),
  a_text text,
  a_varchar varchar(8),
  a_char char(4),
  a_uuid uuid,
  a_date date,
  a_time time,
  a_timestamp timestamp,
  a_timestamptz timestamptz,
  an_interval interval,
  a_json json,
  a_jsonb jsonb,
  a_bytea bytea,
  a_mood mood,
  integers integer[],
  texts text[],
  moods mood[]
);

create table counters (
  small smallserial primary key,
  label text not null default 'none',
  made_at timestamptz not null default now(),
  token uuid not null default gen_random_uuid()
);

alter table samples enable row level security;
alter table counters enable row level security;
create policy anybody on samples using (true);
create policy anybody on counters using (true);

insert into samples values
  (1, true, 1, 2, 3, 1.5, 2.25, 123.4500, 9.99, 'text', 'varchar', 'ab', 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11',
   '2026-02-28', '12:34:56.789', '2026-02-28 12:34:56', '2026-02-28 12:34:56+02', '1 day 02:03:04',
   '{"b": 1,  "a": [1, 2]}', '{"b": 1,  "a": [1, 2]}', '\xdeadbeef', 'glad', '{1,2,NULL}', '{a,"b,c",NULL}', '{sad,glad}'),
  (2, false, -32768, 2147483647, 9223372036854775807, -0.1, 1e300, 123456789012345678901234567890.123456789, -0.01, '', '', '',
   '00000000-0000-0000-0000-000000000000', '0001-01-01', '00:00:00', '9999-12-31 23:59:59.999999',
   '0001-01-01 00:00:00+00', '-1 year -2 mons +3 days -04:05:06.5', '[]', 'null', '\x', 'sad', '{}', '{}', '{}'),
  (3, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
   null, null, null, null);
