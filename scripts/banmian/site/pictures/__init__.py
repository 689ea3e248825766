"""Pictures of what the database counts, drawn by the server: each is a query, and stands as a table beside it."""
