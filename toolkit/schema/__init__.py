"""Label schemas: YAML read into nouns, and what is derived from them."""
