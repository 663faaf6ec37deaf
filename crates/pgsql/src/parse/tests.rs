//! Text in, tree out.

use super::*;

#[test]
fn a_migration_is_read() {
    let text = "create table public.tasks (id bigint generated always as identity primary key, \
                owner uuid not null default auth.uid() references auth.users (id) on delete cascade, \
                title text not null check (length(title) > 0), unique (owner, title));\n\
                alter table tasks enable row level security;\n\
                create policy own on tasks for all to authenticated using (owner = auth.uid()) with check (true);";
    let statements = parse_script(text).expect("valid");
    assert_eq!(statements.len(), 3);
}
