"""The register of personal data: every table, and whether, how and why it holds something of a person.

A test walks the database's tables and fails for one that stands nowhere here; the page for data protection officers
is checked against it.
"""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.model.personal import Ending, Held, Spelling

QUESTIONS, ANSWERS, PROFILE, INTRODUCTIONS = "questions", "ratings", "profile", "introductions"
EVENTS, NETWORK, WISHES, LETTERS, WORK = "events", "inquiries", "wishes", "letters", "work"
SUBJECTS = (PROFILE, QUESTIONS, ANSWERS, NETWORK, INTRODUCTIONS, EVENTS, WISHES, LETTERS, WORK)
"""In the order in which people are shown them."""
_ROW, _NAME = Ending.ROW, Ending.NAME

REGISTER: tuple[Held, ...] = (
    Held(
        "members",
        "id",
        PROFILE,
        _ROW,
        (
            "organisation",
            "role",
            "languages",
            "topics",
            "offers",
            "seeks",
            "consents",
            "joined_at",
            "available_from",
            "silent_rounds",
            "is_away",
        ),
    ),
    Held("member_vectors", "member", PROFILE, _ROW, ("text_hash",), why="Numbers computed from the profile's texts."),
    Held("language_wishes", "member", PROFILE, _ROW, ("language",)),
    Held(
        "organisations",
        "contact",
        PROFILE,
        _NAME,
        ("name",),
        why="The organisation stays, without a contact, where anything but the person speaks for it.",
    ),
    Held("welcomes", "person", PROFILE, _ROW, (), Spelling.HASHED, "That a welcome was sent, by a hash of who."),
    Held("questions", "asker", QUESTIONS, _ROW, ("text", "language", "status", "asked_at", "place")),
    Held("conversations", "asker", QUESTIONS, _ROW, ("text", "channel", "at")),
    Held("turns", "asker", QUESTIONS, _ROW, ("due_at",)),
    Held("answer_ratings", "person", ANSWERS, _ROW, ("verdict", "complaint", "words", "at")),
    Held("feedback", "person", ANSWERS, _ROW, ("occurrence", "rating", "words", "at")),
    Held("inquiries", "asker", NETWORK, _ROW, ("data.text", "data.is_named", "channel", "state", "made_at")),
    Held("inquiry_replies", "author", NETWORK, _ROW, ("text", "at")),
    Held("curated_answers", "author", NETWORK, _ROW, ("data.question", "data.text", "data.name", "is_approved")),
    Held(
        "introductions",
        "first",
        INTRODUCTIONS,
        _ROW,
        ("first_reply", "first_held", "first_outcome", "state", "proposed_at"),
    ),
    Held(
        "introductions",
        "second",
        INTRODUCTIONS,
        _ROW,
        ("second_reply", "second_held", "second_outcome", "state", "proposed_at"),
    ),
    Held("introductions", "asked_by", INTRODUCTIONS, _NAME, (), why="Who proposed two others to each other."),
    Held("exclusions", "by", INTRODUCTIONS, _ROW, ("member", "organisation", "for_all", "on_behalf_of", "until")),
    Held("exclusions", "member", INTRODUCTIONS, _ROW, (), why="Another's wish, which is theirs alone to see."),
    Held("blind_exclusions", "by", INTRODUCTIONS, _ROW, ("for_all", "on_behalf_of", "until", "suggested_on")),
    Held(
        "blind_exclusions",
        "mark",
        INTRODUCTIONS,
        Ending.KEPT,
        (),
        Spelling.HASHED,
        "Another's wish, which holds also when the person comes back; by a hash of who.",
    ),
    Held("rests", "member", INTRODUCTIONS, _ROW, ("until",), why="That somebody who left is not proposed again yet."),
    Held("rests", "mark", INTRODUCTIONS, Ending.KEPT, (), Spelling.HASHED, "For how long a no still holds, likewise."),
    Held("sign_ups", "person", EVENTS, _ROW, ("occurrence", "attendance", "since", "answer", "is_visible")),
    Held("feeds", "owner", EVENTS, _ROW, ("scope", "topic", "made_at")),
    Held("announcements", "data.author", EVENTS, _NAME, ("id", "state", "made_at"), why=""),
    Held("announcements", "data.approver", EVENTS, _NAME, ("id", "state", "made_at")),
    Held("announcements", "data.editor", EVENTS, _NAME, ("id", "state", "made_at")),
    Held("reminder_wishes", "person", WISHES, _ROW, ("minutes", "is_own", "quiet_from", "quiet_until")),
    Held("letters", "to", LETTERS, _ROW, ("kind", "due_at", "sent_at")),
    Held("letters", "details", LETTERS, _ROW, (), Spelling.INSIDE, "A message to somebody else that names the person."),
    Held(
        "audit", "who", WORK, Ending.KEPT, ("at", "act", "outcome"), why="Who did what as an admin must stay provable."
    ),
    Held("audit", "subject", WORK, Ending.KEPT, (), Spelling.INSIDE, "To whom an admin did something."),
    Held("runs", "requested_by", WORK, _NAME, ("requested_at", "state"), Spelling.USER),
    Held("quarantine_releases", "released_by", WORK, _NAME, ("released_at",)),
    Held("replacements", "by", WORK, _NAME, ("at",)),
)

IMPERSONAL: Mapping[str, str] = {
    "meta": "Counters.",
    "sources": "Where documents come from.",
    "documents": "Documents of the ecosystem, and answers that their authors agreed to publish.",
    "use_cases": "Use cases of the ecosystem, with the contacts that their catalogue names.",
    "passages": "The texts of those documents.",
    "models": "Names of embedding models.",
    "vectors": "Numbers computed from documents' texts.",
    "sentence_vectors": "Numbers computed from documents' texts.",
    "failures": "Why documents could not be read.",
    "quarantine": "Which documents are kept out; not what they say.",
    "given_answers": "Which passages an answer cited; it goes with its question.",
    "rounds": "How many took part in a round of introductions.",
    "copies": "Where announcements stand in Slack.",
    "channel_rules": "What channels ask of announcements.",
    "channel_manners": "How Solmu behaves in channels.",
    "events": "Events as announced.",
    "occurrences": "When and where events are held.",
    "leases": "Which process does periodic work.",
    "source_care": "When sources are read.",
    "indexers": "When an indexer process was last seen.",
    "cited_passages": "Which passages answers cited; it goes with its question.",
    "installations": "The workspaces that Solmu is installed in, with their tokens sealed.",
    "team_channels": "Which workspace a channel is in.",
    "oauth_states": "Installations under way, for ten minutes.",
}
"""Tables that hold nothing of a person, and what they hold."""
