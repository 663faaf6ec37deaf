update auth.refresh_tokens set revoked = true, updated_at = now() where token = $1::text and revoked = false
