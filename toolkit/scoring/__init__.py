"""Gold and predictions aligned, compared and counted into a scorecard."""
