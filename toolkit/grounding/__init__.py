"""Words that an extractor answered, located in the text they are said to come from."""
