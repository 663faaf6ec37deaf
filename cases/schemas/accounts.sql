-- What belongs to whoever signed up.

create table diaries (
  id bigint generated always as identity primary key,
  owner uuid not null default auth.uid() references auth.users (id) on delete cascade,
  entry text not null
);

alter table diaries enable row level security;
create policy own_diary on diaries to authenticated using (owner = auth.uid());
