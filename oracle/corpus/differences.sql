-- Statements that PostgreSQL 15, which our parser follows, and the oracle, which is PostgreSQL 18, read differently.

-- Since 16 a sub-query in `from` needs no name.
select * from (select 1)

-- Since 17 `at` may be followed by `local`, and is no longer a bare label.
select 1 at
