"""Knowledge: the shapes of kbase/ and rules/, and reading them."""
