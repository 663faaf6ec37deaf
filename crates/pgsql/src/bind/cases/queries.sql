# one table
select id, title from posts where views > 3 order by title desc limit 5 offset 1;
  | select t1.id id, t1.title title from posts t1 where (t1.views > 3) order by t1.title desc limit 5:bigint offset 1:bigint
select * from posts p;
  | select t1.id id, t1.user_id user_id, t1.title title, t1.body body, t1.views views, t1.price price, t1.raw raw, t1.nums nums, t1.at at, t1.day day from posts t1
select p.*, p.id as again from posts p;
  | select t1.id id, t1.user_id user_id, t1.title title, t1.body body, t1.views views, t1.price price, t1.raw raw, t1.nums nums, t1.at at, t1.day day, t1.id again from posts t1
select title as t from posts order by t, 1, views + 1 nulls first;
  | select t1.title t from posts t1 order by t1.title, t1.title, (t1.views + 1) nulls first
select title from posts order by 2;
  | 42P10 ORDER BY position 2 is not in select list @ 2
select title from posts order by 'x';
  | 42601 non-integer constant in ORDER BY @ 'x'
select title from posts where title;
  | 42804 argument of WHERE must be type boolean, not type text @ title
select title from posts limit 'a';
  | 22P02 invalid input syntax for type bigint: "a" @ 'a'
select title from posts limit views;
  | 42P10 argument of LIMIT must not contain variables @ views
select * from nope;
  | 42P01 relation "nope" does not exist @ nope
select * from postz;
  | 42P01 relation "postz" does not exist @ postz
  | hint: Perhaps you meant "posts".
select * from auth.nope;
  | 42P01 relation "auth.nope" does not exist @ auth.nope
select;
  | select 
select *;
  | 42601 SELECT * with no tables specified is not valid @ *

# joins
select u.email, p.title from users u join posts p on p.user_id = u.id;
  | select t1.email email, t2.title title from (users t1 join posts t2 on (t2.user_id = t1.id))
select * from (select 1 a, 2 b) x join (select 1 a, 3 c) y using (a);
  | select t1.a a, t1.b b, t2.c c from ((select 1 a, 2 b) t1 join (select 1 a, 3 c) t2 on (t1.a = t2.a))
select * from (select 1 a, 2 b) x full join (select 1 a, 3 c) y using (a);
  | select coalesce(t1.a, t2.a) a, t1.b b, t2.c c from ((select 1 a, 2 b) t1 full join (select 1 a, 3 c) t2 on (t1.a = t2.a))
select * from (select 1 a, 2 b) x right join (select 1::bigint a, 3 c) y using (a) order by a;
  | select t2.a a, t1.b b, t2.c c from ((select 1 a, 2 b) t1 right join (select 1:bigint a, 3 c) t2 on (t1.a~bigint = t2.a)) order by t2.a
select * from (select 1 a, 2 b) x natural join (select 1 a, 3 c) y;
  | select t1.a a, t1.b b, t2.c c from ((select 1 a, 2 b) t1 join (select 1 a, 3 c) t2 on (t1.a = t2.a))
select x.a, j.b from ((select 1 a) x join (select 2 b) y on true) as j;
  | 42P01 missing FROM-clause entry for table "x" @ x
select j.a, j.b from ((select 1 a) x join (select 2 b) y on true) as j;
  | select t1.a a, t2.b b from ((select 1 a) t1 join (select 2 b) t2 on true)
select * from users u, posts p where u.id = p.user_id;
  | select t1.id id, t1.email email, t1.age age, t1.small small, t1.score score, t1.born born, t1.joined joined, t1.tags tags, t1.data data, t1.m m, t1.code code, t1.active active, t2.id id, t2.user_id user_id, t2.title title, t2.body body, t2.views views, t2.price price, t2.raw raw, t2.nums nums, t2.at at, t2.day day from (users t1 cross join posts t2) where (t1.id = t2.user_id)
select * from users, users;
  | 42712 table name "users" specified more than once @ users
select * from users u join posts p on u.id = p.title;
  | 42883 operator does not exist: uuid = text @ =
  | hint: No operator matches the given name and argument types. You might need to add explicit type casts.
select * from users u join posts p on q.id = 1;
  | 42P01 missing FROM-clause entry for table "q" @ q
select * from posts p join users u using (nope);
  | 42703 column "nope" specified in USING clause does not exist in left table @ nope
select p.id from users u left join lateral (select * from posts p where p.user_id = u.id limit 1) p on true;
  | select t3.id id from (users t1 left join lateral (select t2.id id, t2.user_id user_id, t2.title title, t2.body body, t2.views views, t2.price price, t2.raw raw, t2.nums nums, t2.at at, t2.day day from posts t2 where (t2.user_id = t1.id) limit 1:bigint) t3 on true)
select * from users u, (select u.id) x;
  | 42P01 invalid reference to FROM-clause entry for table "u" @ u
  | hint: There is an entry for table "u", but it cannot be referenced from this part of the query.
select count(*) from posts p cross join generate_series(1, p.views) g where g > 1;
  | select pg_count_rows() count from (posts t1 cross join lateral pg_generate_series_int4(1, t1.views)(g integer) t2) where (t2.g > 1) group by ()
select e ->> 'a', n, k.key, k.value from users u, jsonb_array_elements(u.data) e, unnest(u.tags) n, jsonb_each(u.data) k;
  | select (t2.value ->> 'a') ?column?, t3.n n, t4.key key, t4.value value from (((users t1 cross join lateral pg_jsonb_array_elements(t1.data)(value jsonb) t2) cross join lateral pg_unnest(t1.tags)(n text) t3) cross join lateral pg_jsonb_each(t1.data)(key text, value jsonb) t4)
select unnest(tags), id from users;
  | select t2.unnest unnest, t1.id id from (users t1 cross join lateral pg_unnest(t1.tags)(unnest text) t2)
select generate_series(1, 3);
  | select t1.generate_series generate_series from lateral pg_generate_series_int4(1, 3)(generate_series integer) t1
select generate_series(1, 3) + 1;
  | select (t1.generate_series + 1) ?column? from lateral pg_generate_series_int4(1, 3)(generate_series integer) t1
select * from (values (1, 'a'), (2, 'b')) v (n, t) where n > 1;
  | select t1.column1 n, t1.column2 t from (values (1, 'a'), (2, 'b')) t1 where (t1.column1 > 1)
select * from (select 1, 2) x;
  | select t1.?column? ?column?, t1.?column?_1 ?column? from (select 1 ?column?, 2 ?column?_1) t1
select * from (select 1) x (a, b);
  | 42P10 table "x" has 1 columns available but 2 columns specified @ x (a, b)
select * from (select 1);
  | 42601 subquery in FROM must have an alias @ (select 1)
  | hint: For example, FROM (SELECT ...) [AS] foo.

select upper(unnest(tags)) || 'x' as tag, id from users order by tag;
  | select (pg_upper_text(t2.unnest) || 'x') tag, t1.id id from (users t1 cross join lateral pg_unnest(t1.tags)(unnest text) t2) order by (pg_upper_text(t2.unnest) || 'x')
select unnest(tags), unnest(tags) from users;
  | 0A000 a second set-returning function in a select list is not supported @ unnest(tags)
  | hint: Call them in the from clause.
select case when true then generate_series(1, 3) end;
  | 0A000 set-returning functions are not allowed in CASE @ generate_series(1, 3)
  | hint: You might be able to move the set-returning function into a LATERAL FROM item.
select count(generate_series(1, 3));
  | 0A000 aggregate function calls cannot contain set-returning function calls @ generate_series(1, 3)
  | hint: You might be able to move the set-returning function into a LATERAL FROM item.
select id from users where unnest(tags) = 'a';
  | 0A000 set-returning functions are not allowed in WHERE @ unnest(tags)
  | hint: You might be able to move the set-returning function into a LATERAL FROM item.
select * from unnest(array['a', 'b']) with ordinality as t (tag, n);
  | select t2.t tag, t2.ordinality n from (select t1.t t, pg_row_number() over () ordinality from pg_unnest(text[]['a', 'b'])(t text) t1) t2
select u.id, t.* from users u, unnest(u.tags) with ordinality t where t.ordinality = 1;
  | select t1.id id, t3.t t, t3.ordinality ordinality from (users t1 cross join lateral (select t2.t t, pg_row_number() over () ordinality from pg_unnest(t1.tags)(t text) t2) t3) where (t3.ordinality = 1:bigint)

select * from jsonb_to_recordset('[{"a": 1, "b": "x"}]') as t (a int, b text, c jsonb);
  | select t2.a a, t2.b b, t2.c c from (select (t1.value ->> 'a')::integer a, (t1.value ->> 'b') b, case when ((t1.value ->> 'c') is null) then null:jsonb else (t1.value -> 'c') end c from pg_jsonb_array_elements('[{"a": 1, "b": "x"}]':jsonb)(value jsonb) t1) t2
select u.id, r.x from users u, jsonb_to_record(u.data) as r (x numeric(4, 1));
  | select t1.id id, t3.x x from (users t1 cross join lateral (select (t2.value ->> 'x')::numeric(4,1) x from (select t1.data value) t2) t3)
select * from json_to_recordset('[]') as t (a int[]);
  | 0A000 an array read from json is not supported @ a int[]
  | hint: Read it as jsonb and take its elements.
select * from unnest(array[1]) as t (a int);
  | 0A000 a column definition list behind unnest is not supported @ unnest(array[1]) as t (a int)

# sub-queries
select (select max(views) from posts), exists (select 1 from users where posts.user_id = users.id) from posts;
  | select (select pg_max_int4(t2.views) max from posts t2 group by ()) max, exists (select 1 ?column? from users t3 where (t1.user_id = t3.id)) exists from posts t1
select * from posts where user_id in (select id from users) and (user_id, title) in (select id, email from users);
  | select t1.id id, t1.user_id user_id, t1.title title, t1.body body, t1.views views, t1.price price, t1.raw raw, t1.nums nums, t1.at at, t1.day day from posts t1 where (((t1.user_id) in (select t2.id id from users t2)) and ((t1.user_id, t1.title) in (select t3.id id, t3.email~text email from users t3)))
select array(select title from posts order by id), 1 + (select 2);
  | select array(select t1.title title from posts t1 order by t1.id) array, (1 + (select 2 ?column?)) ?column?
select (select 1, 2);
  | 42601 subquery must return only one column @ (select 1, 2)
select * from posts where id = (select id from users);
  | 42883 operator does not exist: bigint = uuid @ =
  | hint: No operator matches the given name and argument types. You might need to add explicit type casts.
select 1 where 1 in (select 'a'::text);
  | 42883 operator does not exist: integer = text @ 1
  | hint: No operator matches the given name and argument types. You might need to add explicit type casts.

# aggregates
select count(*), count(id), count(distinct user_id), sum(views), avg(views), max(title), min(at) from posts;
  | select pg_count_rows() count, pg_count(t1.id) count, pg_count(distinct t1.user_id) count, pg_sum_int4(t1.views) sum, pg_avg_int4(t1.views) avg, pg_max_text(t1.title) max, pg_min_timestamp(t1.at) min from posts t1 group by ()
select user_id, count(*) from posts group by user_id having count(*) > 1 order by count(*) desc, user_id;
  | select t1.user_id user_id, pg_count_rows() count from posts t1 group by (t1.user_id) having (pg_count_rows() > 1:bigint) order by pg_count_rows() desc, t1.user_id
select user_id, title from posts group by user_id;
  | 42803 column "posts.title" must appear in the GROUP BY clause or be used in an aggregate function @ title
select id, title, count(*) from posts group by id;
  | select t1.id id, t1.title title, pg_count_rows() count from posts t1 group by (t1.id)
select p.title, count(*) from posts p group by 1;
  | select t1.title title, pg_count_rows() count from posts t1 group by (t1.title)
select upper(title) as t, count(*) from posts group by t;
  | select pg_upper_text(t1.title) t, pg_count_rows() count from posts t1 group by (pg_upper_text(t1.title))
select views / 10 as bucket, sum(price) filter (where views > 1) from posts group by bucket;
  | select (t1.views / 10) bucket, pg_sum_float8(t1.price) filter (t1.views > 1) sum from posts t1 group by ((t1.views / 10))
select title from posts having count(*) > 1;
  | 42803 column "posts.title" must appear in the GROUP BY clause or be used in an aggregate function @ title
select sum(count(*)) from posts;
  | 42803 aggregate function calls cannot be nested @ count(*)
select string_agg(title, ',' order by title desc), array_agg(distinct views), json_agg(title), jsonb_object_agg(title, views) from posts;
  | select pg_string_agg_text(t1.title, ',' order by t1.title desc) string_agg, pg_array_agg(distinct t1.views) array_agg, pg_json_agg(t1.title) json_agg, pg_jsonb_object_agg(t1.title, t1.views) jsonb_object_agg from posts t1 group by ()
select sum(title) from posts;
  | 42883 function sum(text) does not exist @ sum
  | hint: No function matches the given name and argument types. You might need to add explicit type casts.
select max(m), array_agg(m), min(tags) from users;
  | select pg_max_enum(t1.m) max, pg_array_agg(t1.m) array_agg, pg_min_array(t1.tags) min from users t1 group by ()
select user_id, views, count(*) from posts group by rollup (user_id, views);
  | select t1.user_id user_id, t1.views views, pg_count_rows() count from posts t1 group by sets (t1.user_id, t1.views), (t1.user_id), ()
select user_id, count(*) from posts group by grouping sets ((user_id), ());
  | select t1.user_id user_id, pg_count_rows() count from posts t1 group by sets (t1.user_id), ()
select (select p.title from users limit 1) from posts p group by p.user_id;
  | 42803 subquery uses ungrouped column "p.title" from outer query @ p.title
select jsonb_agg(p) from posts p;
  | select pg_jsonb_agg(case when (t1.id is null) then null:jsonb else pg_jsonb_row('id', t1.id, 'user_id', t1.user_id, 'title', t1.title, 'body', t1.body, 'views', t1.views, 'price', t1.price, 'raw', t1.raw, 'nums', t1.nums, 'at', t1.at, 'day', t1.day) end) jsonb_agg from posts t1 group by ()
select sum(*) from posts;
  | 42883 function sum() does not exist @ sum
  | hint: No function matches the given name and argument types. You might need to add explicit type casts.
select title, count(*) from posts;
  | 42803 column "posts.title" must appear in the GROUP BY clause or be used in an aggregate function @ title

select count(p), count(u.*), count(distinct p.title) from users u left join posts p on p.user_id = u.id;
  | select pg_count(t2.id) count, pg_count(t1.id) count, pg_count(distinct t2.title) count from (users t1 left join posts t2 on (t2.user_id = t1.id)) group by ()
select to_jsonb(p) - 'id', row_to_json(u), json_agg(u order by u.id) filter (where u.id is not null) from users u join posts p on true group by p.id, u.id;
  | select (case when (t2.id is null) then null:jsonb else pg_jsonb_row('id', t2.id, 'user_id', t2.user_id, 'title', t2.title, 'body', t2.body, 'views', t2.views, 'price', t2.price, 'raw', t2.raw, 'nums', t2.nums, 'at', t2.at, 'day', t2.day) end - 'id') ?column?, case when (t1.id is null) then null:json else pg_json_row('id', t1.id, 'email', t1.email, 'age', t1.age, 'small', t1.small, 'score', t1.score, 'born', t1.born, 'joined', t1.joined, 'tags', t1.tags, 'data', t1.data, 'm', t1.m, 'code', t1.code, 'active', t1.active) end row_to_json, pg_json_agg(case when (t1.id is null) then null:json else pg_json_row('id', t1.id, 'email', t1.email, 'age', t1.age, 'small', t1.small, 'score', t1.score, 'born', t1.born, 'joined', t1.joined, 'tags', t1.tags, 'data', t1.data, 'm', t1.m, 'code', t1.code, 'active', t1.active) end order by t1.id) filter not (t1.id is null) json_agg from (users t1 join posts t2 on true) group by (t2.id, t1.id)

select false, count(*) from posts group by 1 order by 1, count(*);
  | select false ?column?, pg_count_rows() count from posts t1 group by () having (pg_count_rows() > 0:bigint) order by pg_count_rows()
select 'x' as x, views, count(*) from posts group by x, views having sum(views) > 1 order by x;
  | select 'x' x, t1.views views, pg_count_rows() count from posts t1 group by (t1.views) having (pg_sum_int4(t1.views) > 1:bigint)

# windows
select row_number() over (order by id), rank() over w, sum(views) over (partition by user_id order by at rows between 1 preceding and current row) from posts window w as (partition by user_id order by views desc);
  | select pg_row_number() over (order by t1.id) row_number, pg_rank() over (partition by t1.user_id order by t1.views desc) rank, pg_sum_int4(t1.views) over (partition by t1.user_id order by t1.at Rows 1:bigint preceding current row) sum from posts t1
select lag(title) over (order by id), lag(views, 1, 0) over (order by id), count(*) over () from posts;
  | select pg_lag(t1.title) over (order by t1.id) lag, pg_lag_default(t1.views, 1, 0) over (order by t1.id) lag, pg_count_rows() over () count from posts t1
select row_number() from posts;
  | 42809 window function row_number requires an OVER clause @ row_number()
select id from posts where row_number() over () = 1;
  | 42P20 window functions are not allowed in WHERE @ row_number() over ()
select rank() over nope from posts;
  | 42704 window "nope" does not exist @ nope

# distinct
select distinct title, views from posts order by views;
  | select distinct t1.title title, t1.views views from posts t1 order by output.views
select distinct title from posts order by views;
  | 42P10 for SELECT DISTINCT, ORDER BY expressions must appear in select list @ views
select distinct on (user_id) user_id, title from posts order by user_id, at desc;
  | select distinct on (t1.user_id) t1.user_id user_id, t1.title title from posts t1 order by t1.user_id, t1.at desc
select distinct on (user_id) user_id, title from posts order by at desc;
  | 42P10 SELECT DISTINCT ON expressions must match initial ORDER BY expressions @ user_id
select distinct raw from posts;
  | 42883 could not identify an equality operator for type json @ select distinct raw from posts

# set operations
select 1 union select 2.5 order by 1;
  | (select '1':numeric ?column?) union (select '2.5':numeric ?column?) order by output.?column?
select id, title from posts union all select 1, 'x' order by title desc limit 1;
  | (select t1.id id, t1.title title from posts t1) union all (select 1:bigint ?column?, 'x' ?column?) order by output.title desc limit 1:bigint
select 1 as a union select null union all select 3;
  | ((select 1 a) union (select null:integer ?column?)) union all (select 3 ?column?)
select 'a' union select 'b';
  | (select 'a' ?column?) union (select 'b' ?column?)
select 1 union select 'a'::text;
  | 42804 UNION types integer and text cannot be matched @ select 'a'::text
select 1, 2 union select 1;
  | 42601 each UNION query must have the same number of columns @ select 1
select title from posts union select email from users order by lower;
  | 42703 column "lower" does not exist @ lower
select id from posts intersect select 1 except select 2;
  | ((select t1.id id from posts t1) intersect (select 1:bigint ?column?)) except (select 2:bigint ?column?)

# with
with a as (select 1 as x), b (y) as (select x + 1 from a) select * from a, b;
  | with t1(x integer) as (select 1 x), t2(y integer) as (select (t3.x + 1) y from cte 1 t3) select t4.x x, t5.y y from (cte 1 t4 cross join cte 2 t5)
with recursive t (n) as (values (1) union all select n + 1 from t where n < 5) select sum(n) from t;
  | with recursive t1(n integer) as ((values (1)) union all (select (t2.n + 1) ?column? from cte 1 t2 where (t2.n < 5))) select pg_sum_int4(t3.n) sum from cte 1 t3 group by ()
with recursive t as (select 1 as n union all select n + 1.5 from t) select * from t;
  | 42804 recursive query "t" column 1 has type integer in non-recursive term but type numeric overall @ select 1 as n
  | hint: Cast the output of the non-recursive term to the correct type.
with recursive a as (select 1 union select 2) select * from a;
  | with t1(?column? integer) as ((select 1 ?column?) union (select 2 ?column?)) select t2.?column? ?column? from cte 1 t2
with a as (insert into posts (title) values ('x') returning id) select * from a;
  | with t1(id bigint) as (insert posts t2 (title) values ('x') else {id: pg_nextval('public.posts_id_seq'), user_id: null:uuid, body: null:text, views: 0, price: null:double precision, raw: null:json, nums: null:integer[], at: null:timestamp without time zone, day: null:interval} returning t2.id id) select t3.id id from cte 1 t3
select * from (with a as (delete from posts returning id) select * from a) x;
  | 0A000 WITH clause containing a data-modifying statement must be at the top level @ a as (delete from posts returning id)
with a as (select 1), a as (select 2) select 1;
  | 42712 WITH query name "a" specified more than once @ a

# not served
select 1 for update;
  | 0A000 a row lock (for update, for share) is not supported @ for update
  | hint: Leave it out: writes run one after the other.
select * from posts tablesample system (1);
  | 0A000 tablesample is not supported @ tablesample system (1)
select title into x from posts;
  | 0A000 select into is not supported @ into x
  | hint: Write create table … as select ….
select to_tsvector('a') @@ 'b';
  | 0A000 function to_tsvector is not supported @ to_tsvector
values (1, 'a'), (2.5, null) order by 1;
  | values ('1':numeric, 'a'), ('2.5':numeric, null:text) order by output.column1
table titles;
  | select t1.id id, t1.title title from view titles t1
