"""Pages whose address is the authority: what mails and calendars link to."""
