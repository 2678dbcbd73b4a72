"""Where am I? Somebody says where they stand in the skills of their role."""
