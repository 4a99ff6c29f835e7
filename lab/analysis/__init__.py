"""Analysis of a sweep: summaries, intervals, sensitivity, robustness, comparison, baselines, and the archive."""
