"""Two archives watch each other: co-signatures of checkpoints, and what each says of its captures."""
