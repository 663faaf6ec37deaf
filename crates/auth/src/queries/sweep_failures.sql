delete from mainstay.password_failures where last_s < $1::bigint
