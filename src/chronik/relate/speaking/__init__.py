"""Who said what in the reports of a story: speakers made out, sides told apart, the same words folded."""
