"""The open readers that ours is measured beside: installed apart from it, each run in a process of its own."""
