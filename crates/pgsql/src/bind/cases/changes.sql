## columns
alter table posts add column a int not null default 1, add column b int references posts, add constraint ab check (a > b);
  | alter public.posts add column a integer not null default 1
  | alter public.posts add column b integer
  | alter public.posts add foreign posts_b_fkey (b) to public.posts (id) delete NoAction update NoAction
  | alter public.posts add check ab (self.a > self.b)
alter table posts add column title text;
  | 42701 column "title" of relation "posts" already exists @ title
alter table posts add column if not exists title text;
  | nothing
alter table posts add column serial_column serial, add column g int generated always as (a + 1) stored;
  | sequence public.posts_serial_column_seq of public.posts.serial_column 1..2147483647 by 1 from 1
  | alter public.posts add column serial_column integer not null default pg_nextval('public.posts_serial_column_seq')=>integer
  | alter public.posts add column g integer generated (self.a + 1)
alter table posts drop column a;
  | 2BP01 cannot drop column a of table posts because other objects depend on it @ a
  | detail: column g of table posts depends on column a of table posts
  | hint: Use DROP ... CASCADE to drop the dependent objects too.
alter table posts drop column a cascade;
  | alter public.posts drop column a cascade
alter table posts drop column nope;
  | 42703 column "nope" of relation "posts" does not exist @ nope
alter table posts drop column if exists nope;
  | nothing
alter table posts alter column views type bigint;
  | 0A000 cannot alter type of a column used by a view or rule @ alter column views type bigint
  | detail: rule _RETURN on view titles depends on column "views"
alter table posts alter column price type numeric(10,2) using price * 100;
  | alter public.posts type price numeric(10,2) using (self.price * 100.0:double precision)=>numeric(10,2)
alter table posts alter column body type int;
  | 42804 column "body" cannot be cast automatically to type integer @ alter column body type int
  | hint: You might need to specify "USING body::integer".
alter table posts alter column title type varchar(20);
  | 0A000 cannot alter type of a column used by a view or rule @ alter column title type varchar(20)
  | detail: rule _RETURN on view titles depends on column "title"
alter table posts alter column body set default 'x', alter column body set not null;
  | alter public.posts default body 'x'
  | alter public.posts not null body true
alter table posts alter column body drop default;
  | alter public.posts default body 
alter table posts alter column id drop not null;
  | 42P16 column "id" is in a primary key @ alter column id drop not null
alter table posts alter column nope set not null;
  | 42703 column "nope" of relation "posts" does not exist @ nope
alter table posts alter column id add generated always as identity;
  | 55000 column "id" of relation "posts" already has a default value @ alter column id add generated always as identity
alter table posts rename column body to content;
  | alter public.posts rename column body to content
alter table posts rename column body to content;
  | 42703 column "body" does not exist @ body
alter table posts rename column content to title;
  | 42701 column "title" of relation "posts" already exists @ content

## what depends on a column
alter table posts enable row level security;
  | alter public.posts row security true
create policy mine on posts using (user_id = auth.uid());
  | policy on public.posts mine All to [] using (self.user_id = auth_uid())
create table likes (post_id bigint references posts, constraint c check (post_id > 0));
  | table public.likes
  |   post_id bigint
  |   check c (self.post_id > 0:bigint)
  |   foreign likes_post_id_fkey (post_id) to public.posts (id) delete NoAction update NoAction
  |   granted
create policy seen on likes using (exists (select 1 from posts where posts.id = likes.post_id and views > 3));
  | policy on public.likes seen All to [] using exists (select 1 ?column? from posts t1 where ((t1.id = self.post_id) and (t1.views > 3)))
alter table posts drop column user_id;
  | 2BP01 cannot drop column user_id of table posts because other objects depend on it @ user_id
  | detail: policy mine on table posts depends on column user_id of table posts
  | hint: Use DROP ... CASCADE to drop the dependent objects too.
alter table posts drop column views;
  | 2BP01 cannot drop column views of table posts because other objects depend on it @ views
  | detail: policy seen on table likes depends on column views of table posts
  | view titles depends on column views of table posts
  | hint: Use DROP ... CASCADE to drop the dependent objects too.
alter table posts drop column id;
  | 2BP01 cannot drop column id of table posts because other objects depend on it @ id
  | detail: policy seen on table likes depends on column id of table posts
  | constraint likes_post_id_fkey on table likes depends on column id of table posts
  | view titles depends on column id of table posts
  | hint: Use DROP ... CASCADE to drop the dependent objects too.
alter table posts rename column views to seen;
  | alter public.posts rename column views to seen
select * from titles;
  | select t1.id id, t1.title title from view titles t1
alter table posts rename to articles;
  | rename Table public.posts to articles
select * from titles;
  | select t1.id id, t1.title title from view titles t1
alter table users drop column id;
  | 2BP01 cannot drop column id of table users because other objects depend on it @ id
  | detail: constraint posts_user_id_fkey on table articles depends on column id of table users
  | hint: Use DROP ... CASCADE to drop the dependent objects too.
alter table articles drop column id cascade;
  | alter public.articles drop column id cascade
drop policy seen on likes;
  | 42704 policy "seen" for table "likes" does not exist @ seen
drop table users;
  | 2BP01 cannot drop table users because other objects depend on it @ users
  | detail: constraint posts_user_id_fkey on table articles depends on table users
  | hint: Use DROP ... CASCADE to drop the dependent objects too.
drop table users cascade;
  | drop Table public.users cascade
drop table articles;
  | drop Table public.articles
drop table articles cascade;
  | 42P01 table "articles" does not exist @ articles
select * from titles;
  | 42P01 relation "titles" does not exist @ titles

## constraints
alter table posts add primary key (title);
  | 42P16 multiple primary keys for table "posts" are not allowed @ primary key (title)
alter table posts add unique (title), add constraint t check (views >= 0);
  | alter public.posts add unique posts_title_key (title)
  | alter public.posts add check t (self.views >= 0)
alter table posts add constraint t check (views >= 0);
  | 42710 constraint "t" for relation "posts" already exists @ constraint t check (views >= 0)
alter table posts add constraint f foreign key (user_id) references users (email);
  | 42804 foreign key constraint "f" cannot be implemented @ constraint f foreign key (user_id) references users (email)
  | detail: Key columns "user_id" and "email" are of incompatible types: uuid and character varying.
alter table posts add constraint f foreign key (title) references users (email);
  | alter public.posts add foreign f (title) to public.users (email) delete NoAction update NoAction
alter table posts add constraint f2 foreign key (title) references users (age);
  | 42830 there is no unique constraint matching given keys for referenced table "users" @ constraint f2 foreign key (title) references users (age)
alter table posts drop constraint t;
  | alter public.posts drop constraint t false
alter table posts drop constraint t;
  | 42704 constraint "t" of relation "posts" does not exist @ t
alter table posts drop constraint if exists t;
  | nothing
alter table users drop constraint users_pkey;
  | 2BP01 cannot drop constraint users_pkey on table users because other objects depend on it @ users_pkey
  | detail: constraint posts_user_id_fkey on table posts depends on index users_pkey
  | hint: Use DROP ... CASCADE to drop the dependent objects too.
alter table users drop constraint users_pkey cascade;
  | alter public.users drop constraint users_pkey true
alter table posts rename constraint posts_pkey to pp;
  | alter public.posts rename constraint posts_pkey to pp
create index i on posts (title);
  | index on public.posts i btree (title)
alter index i rename to j;
  | rename Index public.i to j
drop index i;
  | 42704 index "i" does not exist @ i
drop index j;
  | drop Index public.j
drop index pp;
  | 2BP01 cannot drop index pp because constraint pp on table posts requires it @ pp
  | hint: You can drop constraint pp on table posts instead.

## other objects
create view v as select * from titles;
  | view public.v (id bigint, title text) as select t1.id id, t1.title title from view titles t1
drop view titles;
  | 2BP01 cannot drop view titles because other objects depend on it @ titles
  | detail: view v depends on view titles
  | hint: Use DROP ... CASCADE to drop the dependent objects too.
drop view titles cascade;
  | drop View public.titles cascade
drop view v;
  | 42P01 view "v" does not exist @ v
drop view posts;
  | 42809 "posts" is not a view @ posts
drop table titles;
  | 42P01 table "titles" does not exist @ titles
drop type mood;
  | 2BP01 cannot drop type mood because other objects depend on it @ mood
  | detail: column m of table users depends on type mood
  | hint: Use DROP ... CASCADE to drop the dependent objects too.
drop type mood cascade;
  | drop Type public.mood cascade
create schema app;
  | schema app
alter table posts set schema app;
  | move Table public.posts to app
select id from app.posts;
  | select t1.id id from posts t1
drop schema app;
  | 2BP01 cannot drop schema app because other objects depend on it @ app
  | detail: table app.posts depends on schema app
  | sequence app.posts_id_seq depends on schema app
  | hint: Use DROP ... CASCADE to drop the dependent objects too.
drop schema app cascade;
  | drop Schema app.app cascade
drop sequence posts_id_seq;
  | 42P01 sequence "posts_id_seq" does not exist @ posts_id_seq
drop table if exists nope, users;
  | drop Table public.users
alter table nope add column a int;
  | 42P01 relation "nope" does not exist @ nope
alter table if exists nope add column a int;
  | nothing

## renames are followed
create view v as select p.title, u.email from posts p join users u on u.id = p.user_id where u.m = 'ok';
  | view public.v (title text, email character varying) as select t1.title title, t2.email email from (posts t1 join users t2 on (t2.id = t1.user_id)) where (t2.m = 'ok':mood)
create or replace view w as select email from v;
  | view public.w (email character varying) as select t1.email email from view v t1
alter view v rename column email to mail;
  | alter public.v rename column email to mail
select * from w;
  | select t1.email email from view w t1
alter type mood rename value 'ok' to 'fine';
  | enum public.mood is ["sad", "fine", "happy"] Some(("ok", "fine"))
alter type mood rename to feeling;
  | rename Type public.mood to feeling
select 'fine'::feeling;
  | select 'fine':feeling feeling
alter sequence posts_id_seq rename to post_numbers;
  | rename Sequence public.posts_id_seq to post_numbers
insert into posts (title) values ('a');
  | insert posts t1 (title) values ('a') else {id: pg_nextval('public.post_numbers'), user_id: null:uuid, body: null:text, views: 0, price: null:double precision, raw: null:json, nums: null:integer[], at: null:timestamp without time zone, day: null:interval}
alter table users rename to people;
  | rename Table public.users to people
create view x as select email from people;
  | view public.x (email character varying) as select t1.email email from people t1
alter schema public rename to main;
  | rename Schema public.public to main

## a type changes under checks and indexes
create table n (a int check (a > 0 and a in (1, 2, 3)), b varchar(5) check (length(b) > 1 and b <> 'x' and b is not null), c int, m mood check (m = 'ok'), constraint ac check (a < c or a is distinct from c));
  | table public.n
  |   a integer
  |   b character varying(5)
  |   c integer
  |   m mood
  |   check n_a_check ((self.a > 0) and (self.a in (1, 2, 3)))
  |   check n_b_check ((pg_length_text(self.b~text) > 1) and (self.b~text <> 'x') and not (self.b is null))
  |   check n_m_check (self.m = 'ok':mood)
  |   check ac ((self.a < self.c) or (self.a is distinct from self.c))
  |   granted
create index on n (lower(b)) where a > 5;
  | index on public.n n_lower_idx btree (pg_lower_text(self.b~text)) where (self.a > 5)
alter table n alter column a type bigint;
  | alter public.n type a bigint using self.a=>bigint
alter table n add column after_a int;
  | alter public.n add column after_a integer
alter table n alter column b type text;
  | alter public.n type b text using self.b=>text
alter table n alter column c type numeric;
  | alter public.n type c numeric using self.c=>numeric
alter table n alter column m type text;
  | 42883 operator does not exist: text = mood @ alter column m type text
  | hint: Drop the constraint or index that uses the column, and add it anew afterwards.
alter table n alter column a type text;
  | 42883 operator does not exist: text > bigint @ alter column a type text
  | hint: Drop the constraint or index that uses the column, and add it anew afterwards.
create table n2 (like n including all);
  | table public.n2
  |   a bigint
  |   b text
  |   c numeric
  |   m mood
  |   after_a integer
  |   check n_a_check ((self.a > 0:bigint) and (self.a in (1:bigint, 2:bigint, 3:bigint)))
  |   check n_b_check ((pg_length_text(self.b) > 1) and (self.b <> 'x') and not (self.b is null))
  |   check n_m_check (self.m = 'ok':mood)
  |   check ac ((self.a~numeric < self.c) or (self.a~numeric is distinct from self.c))
  |   index n2_lower_idx btree (pg_lower_text(self.b)) where (self.a > 5:bigint)
  |   granted

## keys from indexes
create table k (id int not null, a int, b int);
  | table public.k
  |   id integer not null
  |   a integer
  |   b integer
  |   granted
create unique index k_pkey on public.k using btree (id);
  | index on public.k unique k_pkey btree (id)
create unique index k_ab on public.k using btree (a, b);
  | index on public.k unique k_ab btree (a, b)
create index k_a on k (a);
  | index on public.k k_a btree (a)
alter table "public"."k" add constraint "k_pkey" primary key using index "k_pkey";
  | drop Index public.k_pkey
  | alter public.k add primary k_pkey (id)
alter table k add constraint k_unique unique using index k_ab;
  | drop Index public.k_ab
  | alter public.k add unique k_unique (a, b)
alter table k add constraint k_other unique using index k_a;
  | 42809 "k_a" is not a unique index @ k_a
  | detail: Cannot create a primary key or unique constraint using such an index.
alter table k add constraint k_other unique using index nope;
  | 42704 index "nope" does not exist @ nope
create table r (k_id int);
  | table public.r
  |   k_id integer
  |   granted
alter table "public"."r" add constraint "r_fkey" foreign key (k_id) references k(id) on update cascade not valid;
  | alter public.r add foreign r_fkey (k_id) to public.k (id) delete NoAction update Cascade
alter table "public"."r" validate constraint "r_fkey";
  | nothing
notify pgrst, 'reload schema';
  | nothing
analyze k;
  | nothing
create table d (id bigint not null);
  | table public.d
  |   id bigint not null
  |   granted
alter table d alter column id add generated by default as identity (sequence name public.d_numbers start with 5 increment by 1 no minvalue no maxvalue cache 1);
  | sequence public.d_numbers of public.d.id 1..9223372036854775807 by 1 from 5
  | alter public.d identity id Some(Identity { always: false, sequence: public.d_numbers })
create index on k (a nope);
  | 42704 operator class "nope" does not exist for access method "btree" @ nope
create index on k (a int4_ops);
  | index on public.k k_a_idx btree (a)
