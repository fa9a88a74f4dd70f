"""The forms in which a personal name stands in a Finnish, Swedish or English sentence ("Pentille", "Virtasen")."""

from __future__ import annotations

from collections.abc import Iterator

_BACK, _VOWELS = set("aouå"), "aeiouyäöå"
_WEAKER = {
    "kk": "k",
    "pp": "p",
    "tt": "t",
    "nt": "nn",
    "mp": "mm",
    "nk": "ng",
    "lt": "ll",
    "rt": "rr",
    "ht": "hd",
    "t": "d",
    "p": "v",
    "k": "",
}
"""How Finnish consonants before the last vowel change in closed syllables; longer ones first."""
_INNER = ("n", "lla", "lle", "lta", "ssa", "sta", "ksi", "na", "t")


def forms_of(name: str) -> Iterator[str]:
    """Those of one name in small letters, itself among them."""
    yield name
    yield from (f"{name}s", f"{name}'s", f"{name}’s")
    is_back = bool(_BACK & set(name))
    yield from (form if is_back else form.replace("a", "ä") if ending else form for form, ending in _finnish(name))


def _finnish(name: str) -> Iterator[tuple[str, bool]]:
    """With whether an ending was put on that follows vowel harmony. Only a name of front vowels holds no "a" itself."""
    for stem in _stems(name):
        yield from ((stem + ending, True) for ending in _INNER)
    if name.endswith("nen"):
        yield from ((name[:-3] + "sta", True), (name[:-3] + "seen", True))
    elif name[-1] in _VOWELS:
        yield from ((name + "a", True), (name + "ta", True), (name + name[-1] + "n", True))
    else:
        yield from ((name + "ia", True), (name + "iin", True), (name + "ta", True))


def _stems(name: str) -> Iterator[str]:
    """What endings are put on, in strong and weak grade."""
    if name.endswith("nen"):
        yield name[:-3] + "se"
    elif name[-1] not in _VOWELS:
        yield name + "i"
        if name.endswith("s"):
            yield from (name[:-1] + "kse", name[:-1] + name[-2])
    else:
        endings = {name[-1], "e"} if name[-1] == "i" else {name[-1], "ee"} if name[-1] == "e" else {name[-1]}
        for ending in endings:
            yield from (name[:-1] + ending, _weakened(name[:-1]) + ending)


def _weakened(stem: str) -> str:
    for strong, weak in _WEAKER.items():
        if stem.endswith(strong):
            return stem[: -len(strong)] + weak
    return stem
