"""People and departments: pushed in by syncs, read and changed one by one."""
