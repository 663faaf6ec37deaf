-- What belongs to whoever signed up.

create table diaries (
  id bigint generated always as identity primary key,
  owner uuid not null default auth.uid() references auth.users (id) on delete cascade,
  entry text not null
);

alter table diaries enable row level security;
create policy own_diary on diaries to authenticated using (owner = auth.uid());

-- All of it has defaults: a row can be made of nothing.
create table visits (
  id bigint generated always as identity primary key,
  visitor uuid not null default auth.uid()
);

alter table visits enable row level security;
create policy own_visit on visits to authenticated using (visitor = auth.uid());
