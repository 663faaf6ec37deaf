create table if not exists users (
  id text primary key,
  email text not null unique,
  salt blob not null,
  hash blob not null
) strict;

create table if not exists sessions (
  id text primary key,
  user_id text not null references users (id),
  refresh_token text not null unique,
  created_at integer not null
) strict;

create table if not exists projects (
  id integer primary key,
  owner text not null,
  name text not null,
  created_at text not null
) strict;
create index if not exists projects_owner on projects (owner, id);

create table if not exists tasks (
  id integer primary key,
  project_id integer not null references projects (id) on delete cascade,
  owner text not null,
  title text not null,
  done integer not null default 0 check (done in (0, 1)),
  priority integer not null default 0,
  due text,
  created_at text not null
) strict;
create index if not exists tasks_page on tasks (owner, done, priority desc, id);
create index if not exists tasks_project on tasks (project_id, id);

create table if not exists tags (
  id integer primary key,
  owner text not null,
  name text not null
) strict;

create table if not exists task_tags (
  task_id integer not null references tasks (id) on delete cascade,
  tag_id integer not null references tags (id) on delete cascade,
  primary key (task_id, tag_id)
) strict, without rowid;
