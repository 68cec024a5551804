"""The desk's pages: each reads a request, calls a decider or an action, and renders."""
