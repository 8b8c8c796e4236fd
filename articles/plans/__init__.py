"""Kế hoạch nhiệm vụ: task plans."""
