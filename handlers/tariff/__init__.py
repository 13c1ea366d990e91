"""Duties: which messages ask for one, what they tell, and the answer from a tariff table."""
