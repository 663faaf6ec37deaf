-- What the writers of `cargo xtask faults` write. Row security without policies: only the service role gets in.

create table entries (
  id uuid primary key,
  writer integer not null,
  payload text not null,
  batch uuid
);
create index entries_batch on entries (batch);

create table accounts (
  id integer primary key,
  balance bigint not null check (balance >= 0)
);

create table counters (
  writer integer primary key,
  version integer not null
);

alter table entries enable row level security;
alter table accounts enable row level security;
alter table counters enable row level security;
