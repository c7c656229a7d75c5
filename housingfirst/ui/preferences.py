"""What a person has chosen about the pages themselves."""

from django.conf import settings

from housingfirst.access.models import User


def language_set(*, actor: User, language: str) -> None:
    """Show the pages in `language` from now on. An unknown one changes nothing."""
    if language in dict(settings.LANGUAGES):
        User.objects.filter(pk=actor.pk).update(language=language)


def shortcuts_set(*, actor: User, on: bool) -> None:
    """Switch single-letter shortcuts on or off; they can be in the way of speech control."""
    User.objects.filter(pk=actor.pk).update(shortcuts=on)
