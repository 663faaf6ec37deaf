delete from mainstay.password_failures where kind = 'account' and key = $1::text
