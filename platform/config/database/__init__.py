"""Django's database backend, with walls: see `config.database.base`."""
