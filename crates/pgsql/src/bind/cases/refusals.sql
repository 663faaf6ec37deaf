create function f() returns int language sql as 'select 1';
  | 0A000 create function is not supported @ create function f() returns int language sql as 'select 1'
  | hint: Functions come with a later version; until then write the expression where it is used, or do it in the application.
create trigger t after insert on posts for each row execute function f();
  | 0A000 create trigger is not supported @ create trigger t after insert on posts for each row execute 
  | hint: Triggers come with a later version; until then use defaults, generated columns and foreign keys with actions.
do $$ begin end $$;
  | 0A000 do is not supported @ do $$ begin end $$
  | hint: Blocks of code come with a later version; until then write the statements themselves, with if [not] exists.
create materialized view m as select 1;
  | 0A000 a materialized view is not supported @ create materialized view m as select 1
  | hint: Materialized views come with a later version; until then use a view, or a table that is filled.
begin;
  | 0A000 `begin` in a migration is not supported @ begin
  | hint: A migration is one transaction as it is: leave the line out.
drop function f();
  | 0A000 a function is not supported @ f()
  | hint: Functions come with a later version.
drop function if exists f();
  | nothing
drop trigger t on posts;
  | 0A000 a trigger is not supported @ t on posts
  | hint: Triggers come with a later version.
vacuum;
  | 0A000 vacuum is not supported @ vacuum
alter domain d drop not null;
  | 0A000 alter domain is not supported @ alter domain d drop not null
  | hint: Drop the domain and make it anew.
create rule r as on insert to posts do nothing;
  | 0A000 create rule is not supported @ create rule
explain select 1;
  | 0A000 explain is not supported @ explain select 1
  | hint: Use the engine's own tools on its database.
show search_path;
  | 0A000 show is not supported @ show search_path
  | hint: Use select current_setting('…').
create type r as range (subtype = int4);
  | 0A000 a range type is not supported @ create type r as range (subtype = int4)
  | hint: Enums are supported; for records use a table or jsonb.
select row(1, 2);
  | 0A000 a row as a value is not supported @ row(1, 2)
  | hint: Rows are compared and assigned; as values use to_jsonb or arrays.
select grouping(id) from posts group by id;
  | 0A000 grouping(…) is not supported @ grouping(id)
update titles set id = 1;
  | 0A000 writing through view "titles" is not supported @ titles
  | hint: Write to the table under the view.
update posts set nums[1] = 2;
  | 0A000 the assignment of a part of a column is not supported @ nums[1]
  | hint: Assign the whole value, for jsonb with jsonb_set or ||.
merge into posts using users on true when matched then delete;
  | 0A000 merge is not supported @ merge
