from django.db import models


class CacheEntry(models.Model):
    """Django's database cache: a table in each schema, so that no company reads another's."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "cache"
        default_permissions = ()

    def __str__(self) -> str:
        return self.cache_key
