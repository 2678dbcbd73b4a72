"""The credit that the licence of the O*NET database asks for (onetcenter.org, license_db.html)."""


def as_published(release: str) -> str:
    """For pages that show the tables as they came. `release` is "O*NET 30.3" or ""."""
    return (
        f"This page includes information from the {release or 'O*NET'} Database by the U.S. "
        "Department of Labor, Employment and Training Administration (USDOL/ETA). Used under the "
        "CC BY 4.0 license. O*NET® is a trademark of USDOL/ETA."
    )


def as_modified(release: str, *, by: str) -> str:
    """For what was made of it; `by` names the company that edits it from then on."""
    return (
        f"{as_published(release)} {by} has modified all or some of this information. USDOL/ETA has "
        "not approved, endorsed, or tested these modifications."
    )
