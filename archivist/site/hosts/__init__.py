"""What hosts are told: what to send with each file, where old addresses lead. A module a host."""
