"""A language whose only letter is x: what else a reader still sees was never translated."""

import re
from gettext import NullTranslations

WORD = re.compile(r"(?<!\{)\b[^\W\d_]+(?!\})")
"""A word of a template that is no placeholder."""


class OneLetterLanguage(NullTranslations):
    """Every word of every message becomes x."""

    def gettext(self, message):
        return WORD.sub("x", message)

    def ngettext(self, msgid1, msgid2, n):
        return self.gettext(msgid1 if n == 1 else msgid2)
