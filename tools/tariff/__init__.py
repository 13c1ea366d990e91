"""Customs duty: rates, look-up, duty and the question to ask back; pure, over a table passed in."""
