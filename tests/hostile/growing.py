"""Changes to XML and HTML that leave them well-formed: elements gone, moved, doubled, emptied, within each other."""

from __future__ import annotations

import copy
from random import Random

import lxml.html
from lxml import etree

from tests.hostile.bytewise import DECIMALS, Mutation
from tests.hostile.wording import ODD_SIGNS

_PARSER = etree.XMLParser(huge_tree=True, recover=True, resolve_entities=False)
_CHANGES = 6
"""Changes of one kind that are made at most."""


def change_tree(content: bytes, random: Random) -> bytes:
    """The same document with a few of its elements changed."""
    is_page = b"<html" in content[:400].lower()
    root = lxml.html.document_fromstring(content) if is_page else etree.fromstring(content, _PARSER)
    change = random.choice((_remove, _double, _move, _nest, _rename, _lie, _empty, _speak))
    for _ in range(random.randint(1, _CHANGES)):
        elements = [each for each in root.iter() if isinstance(each.tag, str)]
        change(random.choice(elements), random.choice(elements), random)
    return lxml.html.tostring(root, encoding="utf-8") if is_page else etree.tostring(root, encoding="utf-8")


def _remove(one: etree._Element, _other: etree._Element, _random: Random) -> None:
    if (parent := one.getparent()) is not None:
        parent.remove(one)


def _double(one: etree._Element, _other: etree._Element, random: Random) -> None:
    if (parent := one.getparent()) is not None:
        few = len(list(one.iter())) < 50
        parent.extend([copy.deepcopy(one) for _ in range(random.choice((1, 20, 500)) if few else 1)])


def _move(one: etree._Element, other: etree._Element, _random: Random) -> None:
    other.append(copy.deepcopy(one) if one in list(other.iterancestors()) or one is other else one)


def _nest(one: etree._Element, _other: etree._Element, random: Random) -> None:
    """The element within copies of itself and of the one around it, as deep as parsers go."""
    shells = [one.tag, *([one.getparent().tag] if one.getparent() is not None else [])]
    inner = one
    for depth in range(random.choice((5, 60, 110, 240))):
        inner = etree.SubElement(inner, shells[depth % len(shells)], dict(one.attrib))
    inner.text = "syvyys"


def _rename(one: etree._Element, other: etree._Element, _random: Random) -> None:
    one.tag = other.tag


def _lie(one: etree._Element, other: etree._Element, random: Random) -> None:
    """Attributes of another, without their own, or with values that cannot be."""
    for name in list(one.attrib):
        if random.random() < 0.3:
            del one.attrib[name]
        else:
            one.set(name, random.choice((*DECIMALS[:-1], *other.attrib.values(), "\u202e", "../x")))
    for name, value in other.attrib.items():
        one.set(name, one.get(name, value))


def _empty(one: etree._Element, _other: etree._Element, _random: Random) -> None:
    for child in list(one):
        one.remove(child)
    one.text = None


def _speak(one: etree._Element, _other: etree._Element, random: Random) -> None:
    one.text = random.choice([sign for sign in ODD_SIGNS if sign not in {"\u0000", "\ufffe"}])


IN_TREES: tuple[Mutation, ...] = (change_tree,)
"""Those that fit what can be parsed."""
