"""Looking at a company as one of its people: asked for here, opened there, announced everywhere."""
