"""What a sweep says: summaries, intervals, sensitivity, comparison, baselines, and the archive."""
