"""Addresses: those the site answers at, those it answered at, those of other sites."""
