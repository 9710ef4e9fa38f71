"""Short dispatches written for teaching, with their gold in an inline mark-up."""
