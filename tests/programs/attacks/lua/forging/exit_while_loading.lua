-- Leaves by os.exit while it is loaded.
-- ends: runtime_error, bad_return, entry_point, forbidden
os.exit(0)
