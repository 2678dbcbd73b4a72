"""What the published tables may weigh, and how it is told that they cannot be used."""

from learning.onet.files import File, Kind

UPLOAD_LIMIT = 40 * 2**20  # bytes of all files together; the whole database, zipped, has 13 MB
TABLE_LIMIT = 16 * 2**20  # bytes of one table; the tasks of O*NET 18.1 have 3 MB
OCCUPATION_LIMIT = 5_000
TASK_LIMIT = 100_000
TEXT_LIMIT = 5_000  # characters of a description or task; the longest of O*NET 18.1 has 690
AS_IT_IS = (
    "Download the tab-delimited text version of the database from onetcenter.org and upload it as "
    "it is."
)


class OnetError(ValueError):
    """The tables cannot be used; says where and what to do.

    `about` is the file at fault, `missing` the table that nobody gave.
    """

    def __init__(
        self, message: str, *, about: File | None = None, missing: Kind | None = None
    ) -> None:
        super().__init__(message)
        self.about = about
        self.missing = missing


def wrong(file: File, line: int, what: str) -> OnetError:
    return OnetError(f"{file.name}, line {line}: {what} {AS_IT_IS}", about=file)


def unusable(file: File, what: str, what_to_do: str = AS_IT_IS) -> OnetError:
    return OnetError(f"{file.name} {what} {what_to_do}", about=file)
