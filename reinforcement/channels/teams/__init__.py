"""Briefs as Adaptive Cards, through a Workflows webhook that each person makes for themselves."""

from reinforcement.channels.teams.channel import TeamsChannel

CHANNEL = TeamsChannel
