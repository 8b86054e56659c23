"""How far annotators agree, in places and in values."""
