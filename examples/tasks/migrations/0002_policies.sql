-- Who may do what. A sub-query in a policy sees only what the policies of its own table show to the same person, so
-- `select id from projects` means: the projects that this person may see.

alter table projects enable row level security;
alter table members enable row level security;
alter table tasks enable row level security;
alter table tags enable row level security;
alter table task_tags enable row level security;
alter table notes enable row level security;

create policy see_projects on projects for select to authenticated
  using (owner = auth.uid() or id in (select project_id from members where user_id = auth.uid()));
create policy create_projects on projects for insert to authenticated with check (owner = auth.uid());
create policy change_projects on projects for update to authenticated using (owner = auth.uid());
create policy delete_projects on projects for delete to authenticated using (owner = auth.uid());

create policy see_members on members for select to authenticated
  using (owner = auth.uid() or user_id = auth.uid());
create policy share on members for insert to authenticated with check (owner = auth.uid() and user_id <> owner);
create policy change_share on members for update to authenticated using (owner = auth.uid());
create policy end_share on members for delete to authenticated using (owner = auth.uid() or user_id = auth.uid());

create policy see_tasks on tasks for select to authenticated
  using (project_id in (select id from projects));
create policy create_tasks on tasks for insert to authenticated
  with check (
    project_id in (select id from projects where owner = auth.uid())
    or project_id in (select project_id from members where user_id = auth.uid() and may_edit)
  );
create policy change_tasks on tasks for update to authenticated
  using (
    project_id in (select id from projects where owner = auth.uid())
    or project_id in (select project_id from members where user_id = auth.uid() and may_edit)
  );
create policy delete_tasks on tasks for delete to authenticated
  using (
    project_id in (select id from projects where owner = auth.uid())
    or project_id in (select project_id from members where user_id = auth.uid() and may_edit)
  );

create policy see_tags on tags for select to authenticated
  using (project_id in (select id from projects));
create policy write_tags on tags for all to authenticated
  using (
    project_id in (select id from projects where owner = auth.uid())
    or project_id in (select project_id from members where user_id = auth.uid() and may_edit)
  );

create policy see_task_tags on task_tags for select to authenticated
  using (task_id in (select id from tasks));
create policy write_task_tags on task_tags for all to authenticated
  using (
    exists (
      select 1 from tasks
      join tags on tags.project_id = tasks.project_id
      where tasks.id = task_tags.task_id
        and tags.id = task_tags.tag_id
        and (
          tasks.project_id in (select id from projects where owner = auth.uid())
          or tasks.project_id in (select project_id from members where user_id = auth.uid() and may_edit)
        )
    )
  );

create policy see_notes on notes for select to authenticated
  using (task_id in (select id from tasks));
create policy write_notes on notes for all to authenticated
  using (
    task_id in (
      select tasks.id from tasks
      where tasks.project_id in (select id from projects where owner = auth.uid())
         or tasks.project_id in (select project_id from members where user_id = auth.uid() and may_edit)
    )
  );
