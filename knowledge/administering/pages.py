"""Web pages that admins name as sources."""

from __future__ import annotations

from knowledge.administering.acting import Acting
from knowledge.errors import SolmuError
from knowledge.model import Act, Audience, MemberId, Source, SourceKind
from knowledge.privacy import refuse_personal_name


class KnownSourceError(SolmuError):
    """What was to be added is a source already: `source`."""

    def __init__(self, source: Source) -> None:
        super().__init__(f"This is source {source.id} already.")
        self.source = source


class Pages:
    """Makes sources of pages."""

    def __init__(self, acting: Acting) -> None:
        self._acting = acting

    def add(self, address: str, audience: Audience, by: MemberId) -> Source:
        """Make a source of the page; raises NotAllowedError, KnownSourceError and PersonalDataError."""
        refuse_personal_name(address)
        with self._acting.act(by, Act.SOURCE_ADD) as deed:
            known = deed.work.sources.find(address)
            if known is not None:
                raise KnownSourceError(known)
            source = Source(deed.work.sources.next_id(), SourceKind.WEB, address, audience, self._acting.clock())
            deed.work.sources.add(source)
            deed.subject = source.id
        return source
