"""From sources to a published folder, without ever spoiling the last good one."""
