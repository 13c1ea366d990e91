"""What carries messages to the conversation and back, for every channel, and loses none."""
