"""Running a sweep: scheduling, executors, workers, interruption, and replay."""
