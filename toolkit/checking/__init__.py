"""What must hold of documents: in themselves, and under a schema."""
