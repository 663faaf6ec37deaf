-- A read connection.
pragma query_only = on;
pragma trusted_schema = off;
pragma cell_size_check = on;
pragma cache_size = -4096;
