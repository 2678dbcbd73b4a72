"""My settings: how what is written for somebody reaches them, and in which language."""
