"""What a scorecard shows beyond its table."""
