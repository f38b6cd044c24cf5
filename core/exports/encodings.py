"""The encoding of a text file: told by its first bytes, by UTF-8's form, else by its letters.

A spreadsheet that saves "CSV" writes the code page of its Windows or Mac and says so nowhere. Such
a file is little else than figures and ASCII, too little for detectors that go by statistics: they
read "Genève" as "Genčve". So the few letters that are there are held against alphabets.
"""

from __future__ import annotations

import codecs
import re

UTF_8 = "utf-8"
# Letters beyond a-z of a language and the code page its spreadsheets save in, commoner ones first.
# fmt: off
_ALPHABETS: tuple[tuple[str, str], ...] = (
    ("cp1252", "àâäæçèéêëîïôöœùûüÿ"),  # French, with Flemish
    ("cp1252", "áéíñóúüç"),  # Spanish
    ("cp1252", "äöüßé"),  # German
    ("cp1252", "ãõáâàçéêíóôúü"),  # Portuguese
    ("cp1252", "àèéìíîòóùú"),  # Italian
    ("cp1252", "åäöæøéü"),  # Danish, Norwegian, Swedish, Finnish
    ("cp1250", "ąćęłńóśźż"),  # Polish
    ("cp1250", "áäčďéěíĺľňóôŕřšťúůýž"),  # Czech, Slovak
    ("cp1250", "čćđšž"),  # Croatian, Slovenian
    ("cp1250", "áéíóöőúüű"),  # Hungarian
    ("cp1250", "ăâîşţ"),  # Romanian
    ("cp1251", "абвгдежзийклмнопрстуфхцчшщъыьэюяёґєіїўјљњћђџѓќѕ"),
    ("cp1253", "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ"),
    ("cp1254", "çğıöşüâî"),  # Turkish
    ("mac_roman", "àâäæçèéêëîïôöœùûüÿáíñóúãõßåø"),  # "CSV (Macintosh)"
)
# fmt: on
_BEFORE_WORDS = frozenset("’‘‚“”„«»‹›¿¡–—…·•€£¥§©®™°\u00a0\u00ad")  # these tell no language
_OTHER_SCRIPTS = frozenset({"cp1251", "cp1253"})
_WORDS_SEEN = 2_000  # different words with such letters; more tell nothing new

# A letter outside ASCII as UTF-8 writes it. Code pages hardly ever print such a pair of signs.
_UTF_8_LETTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH_WORD = re.compile(rb"[A-Za-z]*[\x80-\xff][A-Za-z\x80-\xff]*")
_RUN = re.compile(rb"[\x80-\xff]+")


def decode(data: bytes) -> tuple[str, str] | None:
    """Text and encoding of a file's bytes; None if they are no text at all.

    A file in UTF-8 with pieces in a code page, as some ad platforms write it, has both in its
    encoding: "utf-8+cp1252".
    """
    if data.startswith(codecs.BOM_UTF8):
        text, encoding = _utf_8(data[3:])
        return text, encoding.replace(UTF_8, "utf-8-sig", 1)
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16le"), (codecs.BOM_UTF16_BE, "utf-16be")):
        if data.startswith(mark):
            return data[2:].decode(name, "replace"), name
    head = data[:4096]
    if len(head) > 3 and head[1::2].count(0) > len(head) // 4:
        return data.decode("utf-16le", "replace"), "utf-16le"
    if len(head) > 3 and head[0::2].count(0) > len(head) // 4:
        return data.decode("utf-16be", "replace"), "utf-16be"
    if b"\x00" in head:
        return None
    return _utf_8(data)


def _utf_8(data: bytes) -> tuple[str, str]:
    """UTF-8; where the bytes are not, the code page they are in, or both mixed."""
    try:
        return data.decode(UTF_8), UTF_8
    except UnicodeDecodeError:
        pass
    letters, rest = _UTF_8_LETTER.findall(data), _UTF_8_LETTER.split(data)
    if len(letters) <= sum(len(_RUN.findall(piece)) for piece in rest):
        page = code_page(data)
        return data.decode(page, "replace"), page
    page = code_page(b" ".join(rest))
    pieces = [rest[0].decode(page, "replace")]
    for letter, piece in zip(letters, rest[1:], strict=True):
        pieces += letter.decode(UTF_8, "replace"), piece.decode(page, "replace")
    return "".join(pieces), f"{UTF_8}+{page}"


def code_page(data: bytes) -> str:
    """The code page in which the letters of the text are those of one language."""
    words = b"\n".join(list(dict.fromkeys(_HIGH_WORD.findall(data)))[:_WORDS_SEEN])
    texts = {page: words.decode(page, "replace") for page, _ in _ALPHABETS}
    return max(_ALPHABETS, key=lambda entry: _share(texts[entry[0]], *entry))[0]


def _share(text: str, page: str, alphabet: str) -> float:
    """How many of the letters outside ASCII are of the alphabet, and stand where they may."""
    usual = unusual = 0
    for before, letter, after in zip(" " + text, text, text[1:] + " ", strict=False):
        if letter.isascii() or letter in _BEFORE_WORDS:
            continue
        if not letter.isalpha() and letter != "\ufffd" and not after.isalpha():
            continue  # "20 €", "m³"; but not "³ódek"
        fine = letter.lower() in alphabet
        if letter.isupper() and before.isalpha():  # "dŽpensŽ", "JÕaime"
            fine &= not (before.islower() or after.islower())
        if page in _OTHER_SCRIPTS:
            fine &= not (before.isascii() and before.isalpha())
        usual, unusual = usual + fine, unusual + (not fine)
    return usual / (usual + unusual) if usual + unusual else 1.0
