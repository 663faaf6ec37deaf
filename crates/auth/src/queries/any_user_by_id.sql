select * from mainstay.accounts where id = $1::uuid
