-- Your first table. Row security is on, so nothing is served until a policy says to whom.

create table things (
  id bigint generated always as identity primary key,
  owner uuid not null default auth.uid(),
  name text not null,
  created_at timestamptz not null default now()
);

alter table things enable row level security;

create policy own_things on things to authenticated using (owner = auth.uid());
