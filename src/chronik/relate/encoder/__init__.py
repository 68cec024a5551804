"""What the encoder is built of: weights, words as tokens, and the graph that computes with them."""
