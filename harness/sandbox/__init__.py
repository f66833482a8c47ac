"""Where programs written by models run: never in this process, never trusted, always bounded."""
