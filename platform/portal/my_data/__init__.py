"""My data: what is stored about whoever reads, who can see it, and a copy to take along."""
