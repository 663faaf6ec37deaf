update auth.users set encrypted_password = $3::text where id = $1::uuid and encrypted_password = $2::text
