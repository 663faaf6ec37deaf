create type mood as enum ('sad', 'ok', 'happy');
create table users (
    id uuid primary key default gen_random_uuid(),
    email varchar(255) unique not null,
    age int, small smallint, score numeric(10,2), born date, joined timestamptz default now(),
    tags text[], data jsonb, m mood, code char(3), active boolean not null default true
);
create table posts (
    id bigserial primary key,
    user_id uuid references users (id) on delete cascade,
    title text not null, body text, views int not null default 0, price float8, raw json, nums int[],
    at timestamp, day interval
);
create view titles as select id, title from posts where views > 0;
