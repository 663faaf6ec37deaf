-- How far each project is. `security_invoker` makes the view obey the policies of whoever reads it.

create view progress with (security_invoker = true) as
  select
    project_id,
    count(*) as tasks,
    count(*) filter (where done) as done,
    min(due) filter (where not done) as next_due
  from tasks
  group by project_id;
