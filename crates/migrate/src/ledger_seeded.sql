select checksum from mainstay.seeds limit 1
