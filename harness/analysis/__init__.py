"""Statistics: functions of numbers, with their sources."""
