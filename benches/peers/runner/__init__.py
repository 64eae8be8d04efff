"""Runs netloss and its peers on the same work. Standard library only."""
