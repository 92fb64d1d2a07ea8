"""The whole site as it will be at a moment: what is planned until then is done, shown and undone."""
