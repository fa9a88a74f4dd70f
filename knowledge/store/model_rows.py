"""Embedding models as rows: the number under which a model's vectors are kept."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from knowledge.model import ModelIdentity
from knowledge.store.tables import ModelRow


def model_number(session: Session, model: ModelIdentity) -> int | None:
    """The model's number; None where it has made no vector yet."""
    return session.scalars(
        select(ModelRow.id).where(
            ModelRow.name == model.name,
            ModelRow.revision == model.revision,
            ModelRow.dimension == model.dimension,
        )
    ).one_or_none()


def number_model(session: Session, model: ModelIdentity) -> int:
    """The model's number, given to it where it has none."""
    number = model_number(session, model)
    if number is None:
        row = ModelRow(name=model.name, revision=model.revision, dimension=model.dimension)
        session.add(row)
        session.flush()
        number = row.id
    return number
