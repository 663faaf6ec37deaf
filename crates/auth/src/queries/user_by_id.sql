select * from mainstay.accounts where id = $1::uuid and deleted_at is null
