"""What the use cases need from the outside: the store, the models, and the two indexes."""

from knowledge.ports.administration import CareRepository, ReplacementRepository
from knowledge.ports.announcements import AnnouncementRepository, Lease, LeaseRepository, LetterRepository
from knowledge.ports.audit import AuditRepository
from knowledge.ports.basics import Clock, Vectors
from knowledge.ports.channels import LanguageRepository, MannersRepository, TurnRepository
from knowledge.ports.conversations import ConversationRepository
from knowledge.ports.documents import (
    DocumentContent,
    DocumentRepository,
    DocumentState,
    SourceRepository,
    VectorRepository,
)
from knowledge.ports.events import EventRepository, FeedRepository, SignUpRepository
from knowledge.ports.indexes import (
    SENTENCE_COLUMNS,
    Alternative,
    Candidates,
    Embedder,
    IndexContent,
    IndexEntry,
    IndexRow,
    IndexShelf,
    LoadRows,
    Manifest,
    PassageIndex,
    Query,
    VectorKind,
)
from knowledge.ports.inquiries import InquiryRepository, RatingRepository
from knowledge.ports.installations import InstallationRepository
from knowledge.ports.language_model import LanguageModel, Message, Role
from knowledge.ports.members import IntroductionRepository, MemberRepository, OrganisationRepository
from knowledge.ports.roles import Roles
from knowledge.ports.tallies import TallyRepository
from knowledge.ports.unit_of_work import (
    FailureRepository,
    QuestionRepository,
    RunRepository,
    UnitOfWork,
    UnitOfWorkFactory,
)

__all__ = [
    "SENTENCE_COLUMNS",
    "Alternative",
    "AnnouncementRepository",
    "AuditRepository",
    "Candidates",
    "CareRepository",
    "Clock",
    "ConversationRepository",
    "DocumentContent",
    "DocumentRepository",
    "DocumentState",
    "Embedder",
    "EventRepository",
    "FailureRepository",
    "FeedRepository",
    "IndexContent",
    "IndexEntry",
    "IndexRow",
    "IndexShelf",
    "InquiryRepository",
    "InstallationRepository",
    "IntroductionRepository",
    "LanguageModel",
    "LanguageRepository",
    "Lease",
    "LeaseRepository",
    "LetterRepository",
    "LoadRows",
    "Manifest",
    "MannersRepository",
    "MemberRepository",
    "Message",
    "OrganisationRepository",
    "PassageIndex",
    "Query",
    "QuestionRepository",
    "RatingRepository",
    "ReplacementRepository",
    "Role",
    "Roles",
    "RunRepository",
    "SignUpRepository",
    "SourceRepository",
    "TallyRepository",
    "TurnRepository",
    "UnitOfWork",
    "UnitOfWorkFactory",
    "VectorKind",
    "VectorRepository",
    "Vectors",
]
