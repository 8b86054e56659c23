"""Annotating with Label Studio: a project from a schema, texts pushed, people's work pulled."""
