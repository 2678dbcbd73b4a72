"""Company, its hosts, and which company the work at hand is for."""
