# literals and their types
select 1, 2147483648, 99999999999999999999, 1.50, 'a', null, true, $1::int;
  | select 1 ?column?, 2147483648:bigint ?column?, '99999999999999999999':numeric ?column?, '1.50':numeric ?column?, 'a' ?column?, null:text ?column?, true ?column?, $1:integer int4 [integer]
select 'x'::uuid;
  | 22P02 invalid input syntax for type uuid: "x" @ 'x'
select '550E8400-e29b-41d4-a716-446655440000'::uuid, '1 day'::interval, date '2020-02-30';
  | 22008 date/time field value out of range: "2020-02-30" @ '2020-02-30'
select '{1,2}'::int[], 'abc'::varchar(2), '12.345'::numeric(4,1), 'sad'::mood, 'angry'::mood;
  | 22P02 invalid input value for enum mood: "angry" @ 'angry'
select '[1,2]'::jsonb, '2026-01-01'::date::timestamptz, 'today'::date;
  | select '[1, 2]':jsonb jsonb, '2026-01-01':date::timestamp with time zone timestamptz, '2026-01-02':date date
select 1::bool, true::int, 1::bigint::bool;
  | 42846 cannot cast type bigint to boolean @ 1::bigint::bool
select 1::text, '1'::int, 1.5::int, 1::numeric(3,1), 'a'::text::uuid;
  | select 1::text text, 1 int4, '1.5':numeric::integer int4, 1::numeric(3,1) numeric, 'a'::uuid uuid
select interval '3' day, b'01';
  | 0A000 a bit string is not supported @ b'01'

# operators
select 1 + 2, 1 + 2.5, 1 / 2, 2 ^ 3, -(1), 5 % 2, 1 + '2', 1::smallint + 1, 1::real + 1, 1 + 1::real;
  | select (1 + 2) ?column?, ('1':numeric + '2.5':numeric) ?column?, (1 / 2) ?column?, (2.0:double precision ^ 3.0:double precision) ?column?, -1 ?column?, (5 % 2) ?column?, (1 + 2) ?column?, (1 + 1) ?column?, (1::real~double precision + 1.0:double precision) ?column?, (1.0:double precision + 1::real~double precision) ?column?
select 'a' || 'b', 'a' || 1, 1 || 'a', array[1] || 2, array[1] || '{3}', '{"a":1}'::jsonb || '{"b":2}';
  | select ('a' || 'b') ?column?, ('a' || 1) ?column?, (1 || 'a') ?column?, (integer[][1] || 2) ?column?, (integer[][1] || '[3]':integer[]) ?column?, ('{"a": 1}':jsonb || '{"b": 2}':jsonb) ?column?
select 1 || 2;
  | 42883 operator does not exist: integer || integer @ ||
  | hint: No operator matches the given name and argument types. You might need to add explicit type casts.
select 1 = '1', 'a' = 'b', 1 = 1.0, '1' = 1::bigint, now() > '2020-01-01', current_date = now();
  | select (1 = 1) ?column?, ('a' = 'b') ?column?, ('1':numeric = '1.0':numeric) ?column?, (1:bigint = 1:bigint) ?column?, (pg_now() > '2020-01-01T00:00:00+00:00':timestamp with time zone) ?column?, (pg_current_date()~timestamp with time zone = pg_now()) ?column?
select 'a'::text = 1;
  | 42883 operator does not exist: text = integer @ =
  | hint: No operator matches the given name and argument types. You might need to add explicit type casts.
select 1 + 'x';
  | 22P02 invalid input syntax for type integer: "x" @ 'x'
select '1' + '2';
  | 42725 operator is not unique: unknown + unknown @ +
  | hint: Could not choose a best candidate operator. You might need to add explicit type casts.
select date '2020-01-01' + 1, date '2020-01-01' - date '2019-01-01', now() - interval '1 day', now() - '1 day', 2 * interval '1 h';
  | 22007 invalid input syntax for type timestamp with time zone: "1 day" @ '1 day'
select '{"a":1}'::jsonb -> 'a', '{"a":1}'::jsonb ->> 'a', '{"a":1}'::jsonb #>> '{a,b}', '{"a":1}'::jsonb @> '{"a":1}', '{"a":1}'::jsonb ? 'a', '[1]'::jsonb -> 0;
  | select ('{"a": 1}':jsonb -> 'a') ?column?, ('{"a": 1}':jsonb ->> 'a') ?column?, ('{"a": 1}':jsonb #>> '["a","b"]':text[]) ?column?, ('{"a": 1}':jsonb @> '{"a": 1}':jsonb) ?column?, ('{"a": 1}':jsonb ? 'a') ?column?, ('[1]':jsonb -> 0) ?column?
select 'abc' like 'a%', 'abc' not like 'a%', 'abc' ilike 'A%', 'abc' similar to 'a%', 'abc' like 'a!%' escape '!', 'abc' ~ '^a', 'abc' !~* 'B';
  | select ('abc' ~~ 'a%') ?column?, ('abc' !~~ 'a%') ?column?, ('abc' ~~* 'A%') ?column?, ('abc' ~ pg_similar_to_escape_text('a%')) ?column?, ('abc' ~~ pg_like_escape_text('a!%', '!')) ?column?, ('abc' ~ '^a') ?column?, ('abc' !~* 'B') ?column?
select array[1,2] @> array[1], array[1,2] && '{3}', array[1,2] = array[1,2], array['a'] <@ '{a,b}';
  | select (integer[][1, 2] @> integer[][1]) ?column?, (integer[][1, 2] && '[3]':integer[]) ?column?, (integer[][1, 2] = integer[][1, 2]) ?column?, (text[]['a'] <@ '["a","b"]':text[]) ?column?
select - 'a';
  | 42725 operator is not unique: - unknown @ -
  | hint: Could not choose a best candidate operator. You might need to add explicit type casts.
select '{}'::json = '{}'::json;
  | 42883 operator does not exist: json = json @ =
  | hint: No operator matches the given name and argument types. You might need to add explicit type casts.

# logic
select true and false or not true;
  | select ((true and false) or not true) ?column?
select 1 and true;
  | 42804 argument of AND must be type boolean, not type integer @ 1
select null is null, 1 is not null, true is true, null is unknown, (1 = 1) is not false, (1, null) is null, (1, 2) is not null;
  | select (null:text is null) ?column?, not (1 is null) ?column?, (true is true) ?column?, (null:boolean is unknown) ?column?, not ((1 = 1) is false) ?column?, ((1 is null) and (null:text is null)) ?column?, (not (1 is null) and not (2 is null)) ?column?
select 1 is distinct from 2, null is not distinct from null, (1, 2) is distinct from (1, 3);
  | select (1 is distinct from 2) ?column?, (null:text is null) ?column?, ((1 is distinct from 1) or (2 is distinct from 3)) ?column?
select 'yes' and true;
  | select (true and true) ?column?

# comparisons
select 1 between 0 and 2, 1 not between symmetric 2 and 0;
  | select ((1 >= 0) and (1 <= 2)) ?column?, not (((1 >= 2) and (1 <= 0)) or ((1 >= 0) and (1 <= 2))) ?column?
select 1 in (1, 2), 1 in (1, 2.5), 'a' in ('b'), 1 not in (2, null), (1, 'a') in ((1, 'a'), (2, 'b'));
  | select (1 in (1, 2)) ?column?, ('1':numeric in ('1':numeric, '2.5':numeric)) ?column?, ('a' in ('b')) ?column?, not (1 in (2, null:integer)) ?column?, (((1 = 1) and ('a' = 'a')) or ((1 = 2) and ('a' = 'b'))) ?column?
select 1 in (1, 'a');
  | 22P02 invalid input syntax for type integer: "a" @ 'a'
select 1 = any (array[1,2]), 1 = any ('{1,2}'), 'a' <> all (array['b']), 3 > any (select 1), 3 = any (select 1), 3 <> all (select 1);
  | select (1 = any integer[][1, 2]) ?column?, (1 = any '[1,2]':integer[]) ?column?, ('a' <> all text[]['b']) ?column?, (3 > any array(select 1 ?column?)) ?column?, ((3) in (select 1 ?column?)) ?column?, not ((3) in (select 1 ?column?)) ?column?
select 1 = any (1);
  | 42809 op ANY/ALL (array) requires array on right side @ 1
select (1, 2) = (1, 2), (1, 2) <> (1, 3), (1, 2) < (1, 3), (1, 2) >= row(1, 3);
  | select ((1 = 1) and (2 = 2)) ?column?, ((1 <> 1) or (2 <> 3)) ?column?, ((1 < 1) or ((1 = 1) and (2 < 3))) ?column?, ((1 > 1) or ((1 = 1) and (2 >= 3))) ?column?
select (1, 2) = (1, 2, 3);
  | 42601 unequal number of entries in row expressions @ (1, 2) = (1, 2, 3)

# choices
select case when true then 1 else 2.5 end, case 1 when 1 then 'a' end, case when false then null else 'x' end;
  | select case when true then '1':numeric else '2.5':numeric end case, case when (1 = 1) then 'a' end case, case when false then null:text else 'x' end case
select case when 1 then 2 end;
  | 42804 argument of CASE/WHEN must be type boolean, not type integer @ 1
select case when true then 1 else 'a'::text end;
  | 42804 CASE types text and integer cannot be matched @ 1
select coalesce(null, 1, 2.5), coalesce('a', null), greatest(1, 2.0), least('a', 'b'), nullif(1, 2), nullif('a', 'b'), nullif(1, 2::bigint);
  | select coalesce(null:numeric, '1':numeric, '2.5':numeric) coalesce, coalesce('a', null:text) coalesce, greatest('1':numeric, '2.0':numeric) greatest, least('a', 'b') least, nullif(1, 2) nullif, nullif('a', 'b') nullif, case when (1:bigint = 2:bigint) then null:integer else 1 end nullif
select coalesce(1, 'a'::text);
  | 42804 COALESCE types integer and text cannot be matched @ 'a'::text
select array[1, 2.5], array['a', null], array[[1,2],[3,4]], array[]::int[], array['550E8400-e29b-41d4-a716-446655440000']::uuid[];
  | select numeric[]['1':numeric, '2.5':numeric] array, text[]['a', null:text] array, integer[][integer[][1, 2], integer[][3, 4]] array, integer[][] array, uuid[]['550e8400-e29b-41d4-a716-446655440000':uuid] array
select array[];
  | 42P18 cannot determine type of empty array @ array[]
  | hint: Explicitly cast to the desired type, for example ARRAY[]::integer[].
select (array[1,2,3])[1], (array[1,2,3])[1:2], ('{"a":1}'::jsonb)['a'];
  | select integer[][1, 2, 3][1] array, integer[][1, 2, 3][1:2] array, ('{"a": 1}':jsonb -> 'a') jsonb
select (1)[1];
  | 42804 cannot subscript type integer because it does not support subscripting @ (1)

# columns of a table
select tags[1], data -> 'a' ->> 'b', m = 'sad', m > 'sad'::mood, code = 'ab ', email = 'x', small = 5, age + small, score * 2 from users;
  | select t1.tags[1] tags, ((t1.data -> 'a') ->> 'b') ?column?, (t1.m = 'sad':mood) ?column?, (t1.m > 'sad':mood) ?column?, (t1.code = 'ab ':character) ?column?, (t1.email~text = 'x') ?column?, (t1.small~integer = 5) ?column?, (t1.age + t1.small~integer) ?column?, (t1.score * '2':numeric) ?column? from users t1
select m = 'angry' from users;
  | 22P02 invalid input value for enum mood: "angry" @ 'angry'
select email = code, email || code, age::text || email, score = 1, score > 0.5, joined + interval '1 day', born - joined from users;
  | select (t1.email~character = t1.code) ?column?, (t1.email~text || t1.code~text) ?column?, (t1.age::text || t1.email~text) ?column?, (t1.score = '1':numeric) ?column?, (t1.score > '0.5':numeric) ?column?, (t1.joined + '1 day':interval) ?column?, (t1.born~timestamp with time zone - t1.joined) ?column? from users t1
select age = '5', age = 'five' from users;
  | 22P02 invalid input syntax for type integer: "five" @ 'five'
select tagz from users;
  | 42703 column "tagz" does not exist @ tagz
  | hint: Perhaps you meant to reference the column "users.tags".
select u.agee from users u;
  | 42703 column u.agee does not exist @ u.agee
  | hint: Perhaps you meant to reference the column "u.age".
select users.age from users u;
  | 42P01 invalid reference to FROM-clause entry for table "users" @ users
  | hint: Perhaps you meant to reference the table alias "u".
select x.age from users u;
  | 42P01 missing FROM-clause entry for table "x" @ x
select id from users, posts;
  | 42702 column reference "id" is ambiguous @ id
select u from users u;
  | 0A000 a whole row as a value is not supported @ u
  | hint: Name the columns, or use to_jsonb(…) on the row.
select to_jsonb(u) from users u;
  | select case when (t1.id is null) then null:jsonb else pg_jsonb_row('id', t1.id, 'email', t1.email, 'age', t1.age, 'small', t1.small, 'score', t1.score, 'born', t1.born, 'joined', t1.joined, 'tags', t1.tags, 'data', t1.data, 'm', t1.m, 'code', t1.code, 'active', t1.active) end to_jsonb from users t1

# parameters
select $1 + 1, $2 || 'a', $3 = any ($4::int[]);
  | select ($1:integer + 1) ?column?, ($2:text || 'a') ?column?, ($3:integer = any $4:integer[]) ?column? [integer, text, integer, integer[]]
select $1;
  | select $1:text ?column? [text]
select $1 = id, $2 = $1 from users;
  | select ($1:uuid = t1.id) ?column?, ($2:uuid = $1:uuid) ?column? from users t1 [uuid, uuid]
select * from posts where id = $1 and views > $2 limit $3;
  | select t1.id id, t1.user_id user_id, t1.title title, t1.body body, t1.views views, t1.price price, t1.raw raw, t1.nums nums, t1.at at, t1.day day from posts t1 where ((t1.id = $1:bigint) and (t1.views > $2:integer)) limit $3:bigint [bigint, integer, bigint]
select $1::text, $1;
  | select $1:text text, $1:text ?column? [text]
select $1 + 1, $1 || 'a';
  | select ($1:integer + 1) ?column?, ($1:integer || 'a') ?column? [integer]

# special values
select current_date, current_timestamp, current_timestamp(0), localtimestamp, current_user, user, current_schema;
  | select pg_current_date() current_date, pg_current_timestamp() current_timestamp, pg_current_timestamp()::timestamp(0) with time zone current_timestamp, pg_current_timestamp()::timestamp without time zone localtimestamp, pg_current_user() current_user, pg_current_user() user, 'public':name current_schema
select auth.uid(), auth.jwt() ->> 'email', auth.role() = 'authenticated';
  | select auth_uid() uid, (auth_jwt() ->> 'email') ?column?, (auth_role() = 'authenticated') ?column?
select pg_typeof(1 + 1.0), pg_typeof('a'), pg_typeof(now() - now());
  | select 'numeric' pg_typeof, 'unknown' pg_typeof, 'interval' pg_typeof
select nope(1), 1;
  | 42883 function nope(integer) does not exist @ nope
  | hint: No function matches the given name and argument types. You might need to add explicit type casts.
select age(1, 2, 3, 4);
  | 42883 function age(integer, integer, integer, integer) does not exist @ age
  | hint: No function matches the given name and argument types. You might need to add explicit type casts.
select count(*) from users where count(*) > 1;
  | 42803 aggregate functions are not allowed in WHERE @ count(*)
select a collate "C" from (select 'x' a) t;
  | select t1.a a from (select 'x' a) t1
select 'a' collate "de_DE";
  | 0A000 collation "de_DE" is not supported @ "de_DE"
  | hint: Text is ordered as by the collation "C".

# functions that are refused, sequences by their class
select to_tsvector('a') @@ 'b', 1;
  | 0A000 function to_tsvector is not supported @ to_tsvector
select pg_sleep(1);
  | 0A000 function pg_sleep is not supported @ pg_sleep
select nextval('posts_id_seq'::regclass), currval('public.posts_id_seq'), setval('"posts_id_seq"', 5);
  | select pg_nextval('public.posts_id_seq') nextval, pg_currval('public.posts_id_seq') currval, pg_setval('public.posts_id_seq', 5:bigint) setval
select nextval('nope'::regclass);
  | 42P01 relation "nope" does not exist @ 'nope'
select nextval(title) from posts;
  | 0A000 the name of a sequence that is not a constant is not supported @ title
select price = 1.5, price + 2, score = 1.5 from posts, users;
  | select (t1.price = 1.5:double precision) ?column?, (t1.price + 2.0:double precision) ?column?, (t2.score = '1.5':numeric) ?column? from (posts t1 cross join users t2)
select current_setting('request.jwt.claims', true)::json ->> 'sub', current_setting('request.jwt.claim.sub', true);
  | select (auth_jwt()::text::json ->> 'sub') ?column?, auth_uid()::text current_setting
select current_setting('app.x');
  | 0A000 the setting "app.x" is not supported @ current_setting('app.x')
  | hint: What is known of the caller is in auth.uid(), auth.role() and auth.jwt().
select text(id), date(now()), int4('5'), uuid('x') from posts;
  | 22P02 invalid input syntax for type uuid: "x" @ 'x'
select float8(1.5), mood('ok'), interval(1);
  | 42601 syntax error at or near ";" @ ;
select uuid(1), count(*);
  | 42883 function uuid(integer) does not exist @ uuid
  | hint: Perhaps you meant "uid".
