# insert
insert into posts (title, user_id) values ('a', null) returning id, title as t;
  | insert posts t1 (title, user_id) values ('a', null:uuid) else {id: pg_nextval('public.posts_id_seq'), body: null:text, views: 0, price: null:double precision, raw: null:json, nums: null:integer[], at: null:timestamp without time zone, day: null:interval} returning t1.id id, t1.title t
insert into posts (title, views) values ('a', default), ('b', 2.6);
  | insert posts t1 (title, views) values ('a', 0), ('b', '2.6':numeric=>integer) else {id: pg_nextval('public.posts_id_seq'), user_id: null:uuid, body: null:text, price: null:double precision, raw: null:json, nums: null:integer[], at: null:timestamp without time zone, day: null:interval}
insert into posts values (1, null, 'a');
  | insert posts t1 (id, user_id, title) values (1:bigint, null:uuid, 'a') else {body: null:text, views: 0, price: null:double precision, raw: null:json, nums: null:integer[], at: null:timestamp without time zone, day: null:interval}
insert into posts (title) select email from users order by email;
  | insert posts t1 (title) select t2.email=>text email from users t2 order by t2.email else {id: pg_nextval('public.posts_id_seq'), user_id: null:uuid, body: null:text, views: 0, price: null:double precision, raw: null:json, nums: null:integer[], at: null:timestamp without time zone, day: null:interval}
insert into posts (title, views) select 'x', 3 union select 'y', null;
  | insert posts t1 (title, views) (select 'x' ?column?, 3 ?column?) union (select 'y' ?column?, null:integer ?column?) else {id: pg_nextval('public.posts_id_seq'), user_id: null:uuid, body: null:text, price: null:double precision, raw: null:json, nums: null:integer[], at: null:timestamp without time zone, day: null:interval}
insert into posts default values;
  | insert posts t1 () defaults else {id: pg_nextval('public.posts_id_seq'), user_id: null:uuid, title: null:text, body: null:text, views: 0, price: null:double precision, raw: null:json, nums: null:integer[], at: null:timestamp without time zone, day: null:interval}
insert into users (email, tags, data, m, born) values ('a', '{x}', '{"a": 1}', 'ok', '2020-01-01');
  | insert users t1 (email, tags, data, m, born) values ('a':character varying, '["x"]':text[], '{"a": 1}':jsonb, 'ok':mood, '2020-01-01':date) else {id: pg_gen_random_uuid(), age: null:integer, small: null:smallint, score: null:numeric, joined: pg_now(), code: null:character, active: true}
insert into users (email, m) values ('a', 'angry');
  | 22P02 invalid input value for enum mood: "angry" @ 'angry'
insert into users (email, age) values ('a', 'b'::text);
  | 42804 column "age" is of type integer but expression is of type text @ 'b'::text
  | hint: You will need to rewrite or cast the expression.
insert into users (email, age) values ('a');
  | 42601 INSERT has more target columns than expressions @ ('a')
insert into users (email) values ('a', 1);
  | 42601 INSERT has more expressions than target columns @ ('a', 1)
insert into users (email, email) values ('a', 'b');
  | 42701 column "email" specified more than once @ email
insert into users (emial) values ('a');
  | 42703 column "emial" of relation "users" does not exist @ emial
insert into users (age) values (true);
  | 42804 column "age" is of type integer but expression is of type boolean @ true
  | hint: You will need to rewrite or cast the expression.
insert into titles (id) values (1);
  | 0A000 writing through view "titles" is not supported @ titles
  | hint: Write to the table under the view.
insert into nope values (1);
  | 42P01 relation "nope" does not exist @ nope
insert into users (email, age) values ($1, $2) returning *;
  | insert users t1 (email, age) values ($1:character varying=>character varying(255), $2:integer) else {id: pg_gen_random_uuid(), small: null:smallint, score: null:numeric, born: null:date, joined: pg_now(), tags: null:text[], data: null:jsonb, m: null:mood, code: null:character, active: true} returning t1.id id, t1.email email, t1.age age, t1.small small, t1.score score, t1.born born, t1.joined joined, t1.tags tags, t1.data data, t1.m m, t1.code code, t1.active active [character varying, integer]
with x as (select 'a'::text as e) insert into users (email) select e from x;
  | insert users t2 (email) with t1(e text) as (select 'a' e) select t3.e=>character varying(255) e from cte 1 t3 else {id: pg_gen_random_uuid(), age: null:integer, small: null:smallint, score: null:numeric, born: null:date, joined: pg_now(), tags: null:text[], data: null:jsonb, m: null:mood, code: null:character, active: true}

# on conflict
insert into users (email, age) values ('a', 1) on conflict (email) do update set age = excluded.age + users.age where users.active returning users.id;
  | insert users t1 (email, age) values ('a':character varying, 1) else {id: pg_gen_random_uuid(), small: null:smallint, score: null:numeric, born: null:date, joined: pg_now(), tags: null:text[], data: null:jsonb, m: null:mood, code: null:character, active: true} on conflict (email) update excluded t2 set age = (t2.age + t1.age) where t1.active returning t1.id id
insert into users (email) values ('a') on conflict do nothing;
  | insert users t1 (email) values ('a':character varying) else {id: pg_gen_random_uuid(), age: null:integer, small: null:smallint, score: null:numeric, born: null:date, joined: pg_now(), tags: null:text[], data: null:jsonb, m: null:mood, code: null:character, active: true} on conflict any nothing
insert into users (email) values ('a') on conflict (age) do nothing;
  | 42P10 there is no unique or exclusion constraint matching the ON CONFLICT specification @ on conflict (age) do nothing
insert into users (email) values ('a') on conflict on constraint users_email_key do nothing;
  | insert users t1 (email) values ('a':character varying) else {id: pg_gen_random_uuid(), age: null:integer, small: null:smallint, score: null:numeric, born: null:date, joined: pg_now(), tags: null:text[], data: null:jsonb, m: null:mood, code: null:character, active: true} on conflict users_email_key (email) nothing
insert into users (email) values ('a') on conflict on constraint nope do nothing;
  | 42704 constraint "nope" for table "users" does not exist @ nope
insert into users (email) values ('a') on conflict do update set age = 1;
  | 42601 ON CONFLICT DO UPDATE requires inference specification or constraint name @ on conflict do update set age = 1
  | hint: For example, ON CONFLICT (column_name).
insert into users as u (email) values ('a') on conflict (email) do update set age = u.age + 1, email = default;
  | insert users t1 (email) values ('a':character varying) else {id: pg_gen_random_uuid(), age: null:integer, small: null:smallint, score: null:numeric, born: null:date, joined: pg_now(), tags: null:text[], data: null:jsonb, m: null:mood, code: null:character, active: true} on conflict (email) update excluded t2 set age = (t1.age + 1), email = null:character varying
insert into users (email) values ('a') on conflict (email) do update set age = age + 1;
  | 42702 column reference "age" is ambiguous @ age
insert into users (email) values ('a') on conflict (nope) do nothing;
  | 42703 column "nope" does not exist @ nope

# update
update posts set title = 'x', views = views + 1 where id = 1 returning *;
  | update posts t1 set title = 'x', views = (t1.views + 1) where (t1.id = 1:bigint) returning t1.id id, t1.user_id user_id, t1.title title, t1.body body, t1.views views, t1.price price, t1.raw raw, t1.nums nums, t1.at at, t1.day day
update posts p set title = u.email from users u where p.user_id = u.id returning p.id, u.email;
  | update posts t1 set title = t2.email=>text from users t2 where (t1.user_id = t2.id) returning t1.id id, t2.email email
update posts set (title, views) = ('a', 1), body = default;
  | update posts t1 set title = 'a', views = 1, body = null:text
update posts set (title, views) = (select email, age from users limit 1);
  | update posts t1 set title = (select t2.email email from users t2 limit 1:bigint)=>text, views = (select t3.age age from users t3 limit 1:bigint)
update posts set title = 1, title = 2;
  | 42601 multiple assignments to same column "title" @ title
update posts set nope = 1;
  | 42703 column "nope" of relation "posts" does not exist @ nope
update posts set views = 'x';
  | 22P02 invalid input syntax for type integer: "x" @ 'x'
update posts set views = 'x'::text;
  | 42804 column "views" is of type integer but expression is of type text @ 'x'::text
  | hint: You will need to rewrite or cast the expression.
update posts set views = true;
  | 42804 column "views" is of type integer but expression is of type boolean @ true
  | hint: You will need to rewrite or cast the expression.
with x as (select id from users) update posts set views = 0 where user_id in (select id from x);
  | update posts t1 set views = 0 where ((t1.user_id) in (select t3.id id from (select t2.id id from users t2) t3))

with d as (delete from posts where views = 0 returning id, title) insert into posts (title) select title from d returning id, id, title;
  | with t1(id bigint, title text) as (delete posts t2 where (t2.views = 0) returning t2.id id, t2.title title), t5(id bigint, c1 bigint, title text) as (insert posts t3 (title) select t4.title title from cte 1 t4 else {id: pg_nextval('public.posts_id_seq'), user_id: null:uuid, body: null:text, views: 0, price: null:double precision, raw: null:json, nums: null:integer[], at: null:timestamp without time zone, day: null:interval} returning t3.id id, t3.id c1, t3.title title) select t6.id id, t6.c1 id, t6.title title from cte 5 t6
with i as (insert into users (email) values ('a') returning id) update posts set user_id = i.id from i;
  | with t1(id uuid) as (insert users t2 (email) values ('a':character varying) else {id: pg_gen_random_uuid(), age: null:integer, small: null:smallint, score: null:numeric, born: null:date, joined: pg_now(), tags: null:text[], data: null:jsonb, m: null:mood, code: null:character, active: true} returning t2.id id), t5() as (update posts t3 set user_id = t4.id from cte 1 t4) select true ?column? where false
with i as (insert into users (email) values ('a') returning id), p as (insert into posts (title, user_id) select 'x', id from i returning id) select * from i, p;
  | with t1(id uuid) as (insert users t2 (email) values ('a':character varying) else {id: pg_gen_random_uuid(), age: null:integer, small: null:smallint, score: null:numeric, born: null:date, joined: pg_now(), tags: null:text[], data: null:jsonb, m: null:mood, code: null:character, active: true} returning t2.id id), t3(id bigint) as (insert posts t4 (title, user_id) select 'x' ?column?, t5.id id from cte 1 t5 else {id: pg_nextval('public.posts_id_seq'), body: null:text, views: 0, price: null:double precision, raw: null:json, nums: null:integer[], at: null:timestamp without time zone, day: null:interval} returning t4.id id) select t6.id id, t7.id id from (cte 1 t6 cross join cte 3 t7)
with i as (with j as (delete from posts returning id) insert into posts (title) select 'x' from j returning id) select * from i;
  | 0A000 WITH clause containing a data-modifying statement must be at the top level @ with j as (delete from posts returning id)

# delete
delete from posts where id = 1;
  | delete posts t1 where (t1.id = 1:bigint)
delete from posts p using users u where u.id = p.user_id and u.age > $1 returning p.id;
  | delete posts t1 using users t2 where ((t2.id = t1.user_id) and (t2.age > $1:integer)) returning t1.id id [integer]
truncate posts;
  | delete posts t1
truncate users;
  | 0A000 cannot truncate a table referenced in a foreign key constraint @ truncate users
  | detail: Table "posts" references "users".
  | hint: Truncate table "posts" at the same time, or use TRUNCATE ... CASCADE.
truncate users, posts restart identity;
  | delete posts t1
  | sequence public.posts_id_seq by 1 restart Some(1) owner None
  | delete users t2
truncate users cascade;
  | delete posts t1
  | delete users t2

## identity and generated columns
create table g (id int generated always as identity primary key, a int, b int generated always as (a * 2) stored);
  | sequence public.g_id_seq of public.g.id 1..2147483647 by 1 from 1
  | table public.g
  |   id integer not null default pg_nextval('public.g_id_seq')=>integer identity always public.g_id_seq
  |   a integer
  |   b integer generated (self.a * 2)
  |   primary g_pkey (id)
  |   granted
insert into g (a) values (1);
  | insert g t1 (a) values (1) else {id: pg_nextval('public.g_id_seq')=>integer}
insert into g (id, a) values (1, 1);
  | 428C9 cannot insert a non-DEFAULT value into column "id" @ 1
  | detail: Column "id" is an identity column defined as GENERATED ALWAYS.
  | hint: Use OVERRIDING SYSTEM VALUE to override.
insert into g (id, a) values (default, 1);
  | insert g t1 (id, a) values (pg_nextval('public.g_id_seq')=>integer, 1)
insert into g (id, a) overriding system value values (1, 1);
  | insert g t1 (id, a) values (1, 1) overriding
insert into g (id, a) overriding user value values (1, 1);
  | insert g t1 (id, a) values (pg_nextval('public.g_id_seq')=>integer, 1)
insert into g (a, b) values (1, 2);
  | 428C9 cannot insert a non-DEFAULT value into column "b" @ 2
  | detail: Column "b" is a generated column.
insert into g (a, b) values (1, default);
  | insert g t1 (a) values (1) else {id: pg_nextval('public.g_id_seq')=>integer}
update g set b = 1;
  | 428C9 column "b" can only be updated to DEFAULT @ b
  | detail: Column "b" is a generated column.
update g set id = 1;
  | 428C9 column "id" can only be updated to DEFAULT @ id
  | detail: Column "id" is an identity column defined as GENERATED ALWAYS.
update g set id = default;
  | update g t1 set id = pg_nextval('public.g_id_seq')=>integer
