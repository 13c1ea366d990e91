"""The bot under things that go wrong."""
