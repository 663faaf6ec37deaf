-- ann writes two tasks; bob sees none, then both when she shares; mallory never sees any.
insert into auth.users (id, email) values
  ('00000000-0000-4000-8000-000000616e6e', 'ann'), ('00000000-0000-4000-8000-000000626f62', 'bob');
set role authenticated;
set request.jwt.claims = '{"sub":"00000000-0000-4000-8000-000000616e6e"}';
insert into projects (name) values ('House');
insert into tasks (project_id, title) values (1, 'door'), (1, 'roof');
select 'ann ' || count(*) from tasks;
set request.jwt.claims = '{"sub":"00000000-0000-4000-8000-000000626f62"}';
select 'bob ' || count(*) from tasks;
set request.jwt.claims = '{"sub":"00000000-0000-4000-8000-000000616e6e"}';
insert into members (project_id, user_id, name) values (1, '00000000-0000-4000-8000-000000626f62', 'Bob');
set request.jwt.claims = '{"sub":"00000000-0000-4000-8000-000000626f62"}';
select 'bob ' || count(*) from tasks;
set request.jwt.claims = '{"sub":"00000000-0000-4000-8000-0000006d616c"}';
select 'mallory ' || count(*) from tasks;
