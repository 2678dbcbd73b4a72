"""The O*NET database: its published tables read and stored, an occupation made into a draft."""
