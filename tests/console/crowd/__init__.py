"""A company of 5,000 people, as it looks after a few years: every list of it is long.

Written in sets, past every action: `build` takes seconds, and nothing of it is sent or audited.
"""

from tests.console.crowd.building import PEOPLE, build

__all__ = ["PEOPLE", "build"]
