-- Projects with tasks, tags and notes. A project belongs to one person, who may share it with others.

create table projects (
  id bigint generated always as identity primary key,
  owner uuid not null default auth.uid() references auth.users (id) on delete cascade,
  name text not null check (length(name) between 1 and 80),
  created_at timestamptz not null default now(),
  unique (id, owner)
);

-- Who else may see a project. The owner stands here a second time, and the foreign key over both columns proves that it is
-- the project's: so the policies of this table need not ask `projects`, whose own policy asks here.
create table members (
  project_id bigint not null,
  owner uuid not null default auth.uid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  name text not null check (length(name) between 1 and 80),
  may_edit boolean not null default false,
  primary key (project_id, user_id),
  foreign key (project_id, owner) references projects (id, owner) on delete cascade
);
create index members_user on members (user_id);

create table tasks (
  id bigint generated always as identity primary key,
  project_id bigint not null references projects (id) on delete cascade,
  title text not null check (length(title) between 1 and 200),
  done boolean not null default false,
  due date,
  created_at timestamptz not null default now()
);
create index tasks_project on tasks (project_id, done, due);

create table tags (
  id bigint generated always as identity primary key,
  project_id bigint not null references projects (id) on delete cascade,
  name text not null check (length(name) between 1 and 40),
  unique (project_id, name)
);

create table task_tags (
  task_id bigint not null references tasks (id) on delete cascade,
  tag_id bigint not null references tags (id) on delete cascade,
  primary key (task_id, tag_id)
);

-- A note is a document of any shape: the page writes {"text": "…"}.
create table notes (
  id bigint generated always as identity primary key,
  task_id bigint not null unique references tasks (id) on delete cascade,
  document jsonb not null default '{}',
  updated_at timestamptz not null default now()
);

comment on table projects is 'What belongs together; private to its owner and the members';
comment on table members is 'With whom a project is shared';
comment on column members.may_edit is 'Whether the member may change tasks, or only read them';
