"""Files on disk read into documents and written from them, one module for each format."""
