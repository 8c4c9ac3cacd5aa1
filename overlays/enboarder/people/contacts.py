"""Read e-mail addresses, mobile numbers and channels, strictly."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from enboarder_api.spelling import same_letters

from ..errors import ConfigurationError
from ..extras import how_to_install
from .cells import ROUNDED, Flaw, quoted
from .problems import Kind
from .tables.table import Value, text_of

if TYPE_CHECKING:
    from types import ModuleType

# The characters of a mailbox that need no quotation marks (RFC 5322, 3.2.3).
ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
EMAIL = re.compile(
    rf"{ATOM}(?:\.{ATOM})*@(?:{LABEL}\.)+(?=.*[A-Za-z]){LABEL}", re.ASCII
)
E164 = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)
SEPARATORS = str.maketrans("", "", " \u00a0-.()/")
"""What people write between the digits of a number."""
CHANNELS = {"eml": "eml", "email": "eml", "mob": "mob", "mobile": "mob"}


def read_email(text: str) -> str | Flaw:
    """Return an e-mail address, or what is wrong with it."""
    local, _, domain = text.rpartition("@")
    fits = len(local) <= 64 and len(domain) <= 253
    if fits and EMAIL.fullmatch(text):
        return text
    return Flaw(
        Kind.EMAIL_INVALID,
        f"{quoted(text)} is not an e-mail address: {_reason(text, local, domain)}",
        "write one address, such as alex@example.com",
    )


def _reason(text: str, local: str, domain: str) -> str:
    if "@" not in text:
        return "it has no @"
    if re.search(r"[\s,;<>]", text):
        return "it has blanks, more than one address, or a name"
    if not text.isascii():
        return "it has letters that are not ASCII"
    if not local or "@" in local:
        return "it needs one @, with a name before it"
    if "." not in domain:
        return "the part after the @ has no dot"
    return "a part of it is malformed"


def read_mobile(value: Value, default_country: str | None) -> str | Flaw:
    """Return a mobile number as E.164, such as +61400000000, or what is wrong with it.

    Args:
        value: the cell.
        default_country: the country of numbers without one, as two letters; with it,
            each number is looked up in the numbering plans of the countries.

    Raises:
        ConfigurationError: the extra `phone` is missing, or the country is unknown.
    """
    text = text_of(value).strip()
    if ROUNDED.fullmatch(text):
        return Flaw(
            Kind.PHONE_ROUNDED,
            f"Excel shortened the number to {quoted(text)}, so digits are lost",
            "format the column as text in Excel, enter the number again with + and "
            "the country code, and save",
        )
    if default_country is not None:
        return _in_country(text, default_country)
    number = text.translate(SEPARATORS)
    if E164.fullmatch(number) and "(0" not in text:
        return number
    return _not_international(text, number)


def _not_international(text: str, number: str) -> Flaw:
    if number.removeprefix("+").isdecimal() and not number.startswith("+"):
        return Flaw(
            Kind.PHONE_LOCAL,
            f"{quoted(text)} is not international: it does not begin with +",
            "write + and the country code first, such as +61400000000, or say with "
            "default_country which country local numbers are of",
        )
    return Flaw(
        Kind.PHONE_INVALID,
        f"{quoted(text)} is not a mobile number",
        "write + and the country code, then 6 to 14 digits, such as +61400000000",
    )


def _in_country(text: str, country: str) -> str | Flaw:
    number = _e164(text, country)
    if number is not None:
        return number
    return Flaw(
        Kind.PHONE_INVALID,
        f"{quoted(text)} is not a number of {country} or an international one",
        "correct the number, or write + and the country code first",
    )


def _e164(text: str, country: str) -> str | None:
    phonenumbers: Any = _numbering_plans(country)
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if number.extension or not phonenumbers.is_valid_number(number):
        return None
    e164 = phonenumbers.PhoneNumberFormat.E164
    return str(phonenumbers.format_number(number, e164))


@cache
def _numbering_plans(country: str) -> ModuleType:
    try:
        import phonenumbers
    except ImportError:
        raise ConfigurationError(
            f"default_country needs more libraries; {how_to_install('phone')}, or "
            "write each number with + and its country code"
        ) from None
    if country not in phonenumbers.SUPPORTED_REGIONS:
        raise ConfigurationError(
            f"default_country={country!r} is not a country as two letters, such as 'AU'"
        )
    return phonenumbers


def read_channel(text: str) -> str | Flaw:
    """Return a channel as the service names it, or what is wrong with it."""
    channel = CHANNELS.get(same_letters(text))
    if channel is not None:
        return channel
    return Flaw(
        Kind.CHANNEL_UNKNOWN,
        f"{quoted(text)} is not a channel",
        "write eml (e-mail) or mob (mobile)",
    )
