"""Web pages for managers and learners, and the answer pages that mail links to."""
