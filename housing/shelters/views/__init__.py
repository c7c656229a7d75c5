"""The pages of this subject."""
