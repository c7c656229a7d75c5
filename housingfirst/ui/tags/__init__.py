"""The parts of `{% load hf %}`, by what they draw."""
