"""Forms that are no ordinary web page: one module a form, each reading it or saying why not."""
