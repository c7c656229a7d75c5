"""How dates, times, money and spans are written, in Danish and in English.

Pure functions: the caller passes the day. Spaces that must not break are U+00A0.
Danish follows everyday writing ("tors. 19. nov.", "kl. 12.30", "4.870 kr."); what differs in shape
and not only in vocabulary is a table here, the rest goes through the catalogue.
"""

from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

NBSP = "\u00a0"
MINUS = "\u2212"


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


WEEKDAYS_SHORT = {
    "da": _words("man. tirs. ons. tors. fre. lør. søn."),
    "en": _words("Mon Tue Wed Thu Fri Sat Sun"),
}
WEEKDAYS = {
    "da": _words("mandag tirsdag onsdag torsdag fredag lørdag søndag"),
    "en": _words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
}
MONTHS_SHORT = {
    "da": _words("jan. feb. marts april maj juni juli aug. sep. okt. nov. dec."),
    "en": _words("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"),
}
MONTHS = {
    "da": _words(
        "januar februar marts april maj juni juli august september oktober november december"
    ),
    "en": _words(
        "January February March April May June July August September October November December"
    ),
}


def language() -> str:
    """ "da" or "en": Danish unless English is asked for."""
    return "en" if (get_language() or "da").startswith("en") else "da"


def _numbered(on: date) -> str:
    return f"{on.day}." if language() == "da" else f"{on.day}"


def month(on: date) -> str:
    """ "jan.", "juli"."""
    return MONTHS_SHORT[language()][on.month - 1]


def day(on: date, *, today: date, weekday: bool = True) -> str:
    """ "tors. 19. nov."; the year is added when it is another than today's."""
    words = [_numbered(on), MONTHS_SHORT[language()][on.month - 1]]
    if weekday:
        words.insert(0, WEEKDAYS_SHORT[language()][on.weekday()])
    if on.year != today.year:
        words.append(str(on.year))
    return NBSP.join(words)


def day_long(on: date, *, today: date, weekday: bool = True) -> str:
    """ "torsdag 19. november"; the year is added when it is another than today's."""
    words = [_numbered(on), MONTHS[language()][on.month - 1]]
    if weekday:
        words.insert(0, WEEKDAYS[language()][on.weekday()])
    if on.year != today.year:
        words.append(str(on.year))
    return NBSP.join(words)


def day_heading(on: date, *, today: date) -> str:
    """A timeline's heading: "I dag", "I går", "12. november"."""
    if on == today:
        return _("Today")
    if on == today - timedelta(days=1):
        return _("Yesterday")
    return day_long(on, today=today, weekday=False)


def day_as_typed(on: date) -> str:
    """The form a date field shows and accepts in both languages: "17-11-2026"."""
    return f"{on.day:02d}-{on.month:02d}-{on.year:04d}"


def clock(at: time | datetime) -> str:
    """ "kl. 12.30", "kl. 12"; English "12:30". Instants are shown in local time."""
    if isinstance(at, datetime) and timezone.is_aware(at):
        at = timezone.localtime(at)
    if language() == "en":
        return f"{at.hour}:{at.minute:02d}"
    digits = f"{at.hour}.{at.minute:02d}" if at.minute else f"{at.hour}"
    return f"kl.{NBSP}{digits}"


def moment(at: datetime, *, today: date, weekday: bool = True) -> str:
    """A day and a time: "tors. 19. nov. kl. 12"; only the time when it is today."""
    local = timezone.localtime(at) if timezone.is_aware(at) else at
    if local.date() == today:
        return clock(local)
    return f"{day(local.date(), today=today, weekday=weekday)} {clock(local)}"


def moment_as_typed(at: datetime) -> str:
    """The form a date-and-time field shows and accepts: "17-11-2026 kl. 11.12"."""
    local = timezone.localtime(at) if timezone.is_aware(at) else at
    return f"{day_as_typed(local.date())} kl. {local.hour}.{local.minute:02d}"


def relative(on: date, *, today: date) -> str:
    """How near a due day is: "I dag", "I morgen", "Om 2 dage", "3 dage over"."""
    days = (on - today).days
    if days == 0:
        return _("Today")
    if days == 1:
        return _("Tomorrow")
    if days > 0:
        return ngettext("In %(days)d day", "In %(days)d days", days) % {"days": days}
    return ngettext("%(days)d day over", "%(days)d days over", -days) % {"days": -days}


def since(on: date, *, today: date) -> str:
    """How long ago a day was: "i dag", "i går", "34 dage siden"."""
    days = (today - on).days
    if days <= 0:
        return pgettext("inside a sentence", "today")
    if days == 1:
        return pgettext("inside a sentence", "yesterday")
    return ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days}


def days(number: int) -> str:
    return ngettext("%(days)d day", "%(days)d days", number) % {"days": number}


def weeks(low: int, high: int | None = None) -> str:
    """ "6-11 uger", "1 uge"."""
    if high is None or high == low:
        return ngettext("%(weeks)d week", "%(weeks)d weeks", low) % {"weeks": low}
    return _("%(low)d-%(high)d weeks") % {"low": low, "high": high}


def hours(span: timedelta) -> str:
    """A clock's rest in the unit people say: "45 minutter", "23 timer", "2 dage"."""
    minutes = int(abs(span).total_seconds() // 60)
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if minutes < 48 * 60:
        whole = minutes // 60
        return ngettext("%(n)d hour", "%(n)d hours", whole) % {"n": whole}
    return days(minutes // (24 * 60))


def age(born_on: date, *, today: date) -> int:
    """Whole years lived on `today`."""
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def years(number: int) -> str:
    return ngettext("%(years)d year", "%(years)d years", number) % {"years": number}


def number(amount: Decimal | int, *, decimals: int = 0) -> str:
    """Digits grouped by thousands: "11.039" in Danish, "11,039" in English; a true minus sign."""
    rounded = Decimal(amount).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    plain = f"{abs(rounded):,.{decimals}f}"
    if language() == "da":
        plain = plain.translate(str.maketrans(",.", ".,"))
    return f"{MINUS}{plain}" if rounded < 0 else plain


def money(amount_dkk: Decimal | int) -> str:
    """ "4.870 kr.", "11.870,50 kr.": øre only when there are some. English "DKK 4,870"."""
    exact = Decimal(amount_dkk).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    digits = number(exact, decimals=0 if exact == exact.to_integral_value() else 2)
    return f"DKK{NBSP}{digits}" if language() == "en" else f"{digits}{NBSP}kr."


def money_about(amount_dkk: Decimal | int) -> str:
    """An estimate in whole kroner: "4.870 kr.", "ca. 5.520 kr." for 5.519,50."""
    exact = Decimal(amount_dkk)
    whole = round(exact)  # as the worklist rounds its weeks
    if whole == exact:
        return money(whole)
    return _("about %(amount)s") % {"amount": money(whole)}


def inside(label: str | Promise) -> str:
    """A choice's label within a sentence: "indskudslån"; "CTI" and "M-ACT" stay as they are."""
    text = str(label)
    is_initials = any(letter.isupper() for letter in text.partition(" ")[0][1:])
    return text if is_initials else text[:1].lower() + text[1:]


def sentence(text: str) -> str:
    """The text as a sentence, whatever was put in its places.

    Its first letter is large, and "dec." or "kr." at the end takes no second full stop.
    """
    text = text.replace("..", ".")
    return text[:1].upper() + text[1:]


def day_span(first: date, last: date | None, *, today: date) -> str:
    """ "8. aug. – 13. sep.", "siden 14. sep." """
    begin = day(first, today=today, weekday=False)
    if last is None:
        return _("since %(day)s") % {"day": begin}
    if first == last:
        return begin
    return f"{begin} \u2013 {day(last, today=today, weekday=False)}"
