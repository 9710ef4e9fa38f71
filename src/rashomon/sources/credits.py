"""Whose picture it is: credits of photographers and agencies, on a line of their own or fused with other words."""

from __future__ import annotations

import re

AGENCY = (
    r"(?:AP|AFP|EPA(?:-EFE)?|EFE|ANSA|DPA|dpa|TASS|Reuters|REUTERS|UPI|Xinhua|Anadolu(?: Agency)?|Bloomberg|"
    r"Getty(?: Images)?|The New York Times|The Washington Post|NPR|BBC|CNN|VOA|Al Jazeera|Shutterstock|NurPhoto|"
    r"Zuma Press|Maxar(?: Technologies)?|Planet Labs(?: PBC)?|Alamy|[Pp]icture [Aa]lliance|Kyodo(?: News)?|Yonhap|"
    r"PA(?: Media| Images| Wire)?|AAP|PTI|ANI|Sipa(?: USA)?|Abaca|Agence France-Presse|Associated Press|"
    r"Magnum(?: Photos)?)"
)
NAME = (
    r"(?:[A-Z][\w’'-]*\.?|de|la|van|von|der|al|bin|del|di|da|el|of|the|"
    r"(?:producer|correspondent|reporter|editor|writer|journalist)s?)"
)
# No hyphen between names: inside a name and between names it would match in more ways than can be tried.
NAMES = rf"[A-Z][\w’'.-]*(?: {NAME}){{0,7}}"
_VIA = r"(?: ?/ ?| via )"
_AGENCIES = rf"{AGENCY}(?:{_VIA}{AGENCY}){{0,3}}"
# "Ana Ruiz/AFP via Getty Images", "REUTERS/Ana Ruiz", "AP Photo/Ana Ruiz".
_SIGNED = rf"{NAMES}(?:/{NAMES})?{_VIA}{_AGENCIES}"
_LEADING = rf"{AGENCY} ?/ ?{NAMES}|{AGENCY} [Pp]hoto(?:/.{{2,40}})?"
_PICTURE = r"(?:Photo(?:graph)?s?|Image|Picture|Video|Graphic|Credit|Illustration)"
_SHOT = (
    rf"{_PICTURE}(?: credit)?(?: by |: ?|\.{{3}} ?| courtesy of | via ){NAMES}"
    rf"(?:(?:[/,] ?| via | for )(?:{NAMES}|{AGENCY})){{0,3}}"
)
_SOURCE = rf"(?:Image|Media|Video|Photo) (?:copyright|source|credit),? (?:{_AGENCIES}|{NAMES}(?: ?/ ?{NAMES}){{0,2}})"
_LABEL = r"(?:Image|Media|Video) caption"
_OWNED = rf"© ?{NAMES}(?:(?:, | ?/ ?| via ){NAMES}){{0,2}}"
# In brackets a photographer has two names at least: "(Reuters/NAN)" ends an article, not a caption.
_BRACKETED = (
    rf"[(\[](?:[Ff]ile(?: photo)?: ?)?(?!{_AGENCIES}[)\]/])[A-Z][\w’'.-]*(?: {NAME}){{1,7}}"
    rf"(?:/{NAMES})?{_VIA}{_AGENCIES}[)\]]"
)

_LINE = re.compile(
    rf"(?:{_SHOT}|{_SIGNED}|{_LEADING}|{_SOURCE}|{_OWNED}|{_BRACKETED}|(?:via )?{_AGENCIES}"
    rf"|[(\[]{AGENCY} [Pp]hoto(?:/.{{2,40}})?[)\]]"
    rf"|{NAMES} for {AGENCY}|(?:Photo )?[Cc]ourtesy(?: of)? {NAMES})\.?"
)
_TAIL = re.compile(
    rf"(?:(?<=[.!?”\"’])\s*(?:\| ?)?(?P<after>{_SIGNED}|{_LEADING}|{_SHOT}|{_OWNED})|\s(?P<bracketed>{_BRACKETED}))\s*$"
)
_PICTURED = re.compile(
    rf"(?P<credit>[(\[](?:{AGENCY} )?{_PICTURE}s?(?:/|:| by | via | courtesy)[^()\[\]]{{1,80}}[)\]])\s*$"
)
BUTTON = re.compile(r"(?:hide|toggle) caption\s*$", re.IGNORECASE)
# The same where words follow in one line, as pages come without their breaks.
BUTTON_INSIDE = re.compile(r"(?P<label>(?:hide|toggle) caption)(?=\s*[A-Z“\"‘])")
LABELLED = re.compile(rf"(?:(?<=[.!?”\"’] )|^)(?:{_SOURCE} )?(?P<label>{_LABEL})(?= [A-Z“\"‘])")
_LONGEST = 120


def credited_line(line: str) -> bool:
    """Whether a line is a credit and nothing else: "Photograph: Ana Ruiz/AFP via Getty Images"."""
    return len(line) <= _LONGEST and _LINE.fullmatch(line) is not None


def tail(line: str) -> int | None:
    """Where the credit begins that ends a line, or None: "Smoke over the port.<Ana Ruiz/AP>"."""
    left = max(0, len(line) - _LONGEST)
    found = _TAIL.search(line, left) if "/" in line[left:] or " via " in line[left:] or ":" in line[left:] else None
    if found is not None:
        return found.start("after") if found["after"] else found.start("bracketed")
    pictured = _PICTURED.search(line, left) if line.endswith((")", "]")) else None
    return None if pictured is None else pictured.start("credit")
