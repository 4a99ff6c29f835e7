"""What can be agreed: ladders of levels, packages, schedules, and the rights floor."""
