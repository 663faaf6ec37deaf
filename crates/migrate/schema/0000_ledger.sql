-- What was applied to this database, with its full text: the catalog is made from these rows when the server starts.

create schema if not exists mainstay;

create table mainstay.migrations (
  -- 'built-in' or 'project'
  kind text not null,
  version text not null,
  name text not null,
  checksum text not null,
  text text not null,
  applied_at timestamptz not null default now(),
  position bigint generated always as identity,
  primary key (kind, version)
);

create table mainstay.seeds (
  checksum text primary key,
  applied_at timestamptz not null default now()
);
