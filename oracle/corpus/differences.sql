-- Statements that PostgreSQL 15, which our parser follows, and the oracle, which is PostgreSQL 18, read differently.

-- Since 16 a sub-query in `from` needs no name.
select * from (select 1)

-- Since 18 a generated column may be virtual.
create table t (a int generated always as (1))

-- The library behind the oracle reads parameters by rules of its own.
select $1a

-- What PostgreSQL's grammar lets pass and its next stage refuses, we refuse at once.
create table t (a int deferrable)

create table t (a int not null deferrable)

create table t (a int references u deferrable not deferrable)

do language plpgsql
