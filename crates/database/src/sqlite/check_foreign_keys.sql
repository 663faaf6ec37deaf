-- The first row of all tables that refers to nothing.
select "table" from pragma_foreign_key_check limit 1;
