-- Views and column grants over letters: ann and bob own some, `clerk` may read two columns of them.

create role clerk;

create table letters (
  id bigint generated always as identity primary key,
  owner uuid not null default auth.uid(),
  subject text not null,
  body text not null default ''
);

alter table letters enable row level security;
create policy own_letters on letters to authenticated using (owner = auth.uid());
create policy clerk_reads on letters for select to clerk using (true);

grant select (id, subject) on letters to clerk;
grant insert (subject) on letters to clerk;

-- As the caller, without a word about it.
create view subjects as select id, subject from letters;
-- As its owner, because its author said so.
create view counted with (security_invoker = false) as select count(*) as letters from letters;
-- A view of a view, with a condition that may raise.
create view numbered as select id, subject::integer as number from subjects;
