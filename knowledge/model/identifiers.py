"""The names of things: an id is a type of its own, never a bare string."""

from __future__ import annotations

from typing import NewType

SourceId = NewType("SourceId", str)
"""Short id of a source that an admin can type, such as `s3`."""
DocumentId = NewType("DocumentId", str)
"""Opaque id of a document; the same document keeps it through every reindexing."""
PassageId = NewType("PassageId", int)
"""Row id of a passage in SQL and its id in both indexes; never used twice."""
TextHash = NewType("TextHash", str)
"""SHA-256, in hex, of what is embedded of a passage: the key of its vector."""
TeamId = NewType("TeamId", str)
"""A workspace's id in Slack."""
MemberId = NewType("MemberId", str)
"""A person in one workspace, as `TEAM:USER`."""
Handle = NewType("Handle", str)
"""By which a member is asked for without being named: it says nothing of who they are."""
Mark = NewType("Mark", str)
"""SHA-256, in hex, of who is meant: it tells whether somebody is the one, and names nobody."""
OrganisationId = NewType("OrganisationId", str)
"""Opaque id of a member organisation; it keeps it when it changes its name."""
IntroductionId = NewType("IntroductionId", str)
"""Id of one proposal that two members meet."""
RoundId = NewType("RoundId", str)
"""Name of a round of proposals, such as `2026-W48`."""
AnnouncementId = NewType("AnnouncementId", str)
"""Opaque id of an announcement, and of the event that it announces."""
OccurrenceId = NewType("OccurrenceId", str)
"""Opaque id of one time that an event is held; it keeps it when it is moved."""
ChannelId = NewType("ChannelId", str)
"""A channel's id in Slack."""
InquiryId = NewType("InquiryId", str)
"""Opaque id of a question that was put to the network."""
QuestionId = NewType("QuestionId", str)
"""Id of one asked question; the same for every redelivery of the event that carried it."""
GenerationId = NewType("GenerationId", str)
"""Name of a published index generation; sorts by time of building."""

NO_GENERATION = GenerationId("")
"""What stands for a generation where nothing was searched."""
NO_DOCUMENT = DocumentId("")
"""What stands for a document where there is none."""


def member_id(team: str, user: str) -> MemberId:
    """The id of a person of a workspace, from the workspace's id and the person's there; one named in full stays so."""
    return MemberId(user if ":" in user else f"{team}:{user}")


def user_of(member: MemberId) -> str:
    """The person's id inside the workspace."""
    return member.rpartition(":")[2]


def team_of(member: MemberId) -> TeamId:
    """The workspace of a person."""
    return TeamId(member.rpartition(":")[0])
