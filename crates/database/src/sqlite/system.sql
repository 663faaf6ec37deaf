-- What the engine keeps for itself; no catalog knows it.
create table if not exists "mainstay.sequences" (
  name text not null primary key,
  last_value integer not null,
  is_called integer not null
) strict, without rowid;
