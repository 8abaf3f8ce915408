"""The pages of the window; they do not see each other."""
