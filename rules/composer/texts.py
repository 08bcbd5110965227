"""Texts in several languages: by key from app(texts=…) or literal, with {placeholders}."""
import difflib
import re

from composer.errors import ScriptError

LITERAL_LANGUAGE = "en"
MOST_TEXT = 2_000
_MANY, _HUGE = 1e5, 1e21
_MOST_COMPARED = 100
_PLACEHOLDER = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)\}", re.ASCII)
# What Python would fill, such as {degrees:.1f} or {}, and would stand in the text as it is.
_FORMATTED = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*(?=[.:!\[])|[0-9]*(?=[}.:!\[]))[^{}]{0,40}\}", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)


def checked(texts, error):
    """A plain copy of {key: {language: text}}; raises `error` when it has another form."""
    if not isinstance(texts, dict):
        raise error('texts must be {"key": {"en": "…", "de": "…"}}')
    result = {}
    for key, languages in texts.items():
        if isinstance(languages, str):
            languages = {LITERAL_LANGUAGE: languages}
        if not isinstance(key, str) or not isinstance(languages, dict) or not languages:
            raise error(f'the text {key!r:.60} must be {{"en": "…", "de": "…"}}')
        for language, text in languages.items():
            if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
                raise error(f"the text {key!r:.60} has {language!r:.20}, which is no language such as 'en'")
            if not isinstance(text, str) or not 0 < len(text) <= MOST_TEXT:
                raise error(f"the text {key!r:.60} in {language!r} must have 1 to {MOST_TEXT} characters")
            wrong = misused(text, {})
            if wrong:
                raise error(f"the text {key!r:.60}: {wrong}")
        result[key] = dict(languages)
    return result


def placeholders(text, texts):
    """The names of the placeholders of a text: a key of `texts`, a literal, or {language: text}."""
    return {name for one in _languages(text, texts) for name in _PLACEHOLDER.findall(one)}


def _languages(text, texts):
    languages = text if isinstance(text, dict) else texts.get(text) if isinstance(text, str) else None
    return [one for one in ([text] if languages is None else languages.values()) if isinstance(one, str)]


def misused(text, texts):
    """What is wrong with the placeholders of such a text, or nothing: formats and attributes belong to the value."""
    for one in _languages(text, texts):
        found = _FORMATTED.search(one)
        if found:
            name = found[1] if found[1].isidentifier() else "value"
            return (f"{found[0]} is no placeholder of a text: write {{{name}}} and give {name}=… as it is to be read, such as "
                    f"{name}=round(value, 1)")
    return None


def unknown_argument(method, name, known, places):
    """What is said of a keyword that is no argument and no placeholder; `places` is None where there is no text."""
    if places is None:
        return f"{method} has no argument {name!r}{meant(name, known)}"
    shown = ["{" + one + "}" for one in sorted(places)]
    having = f"has {', '.join(shown[:20])}{' …' if len(shown) > 20 else ''}" if shown else "has no placeholders"
    return f"{method} has no argument {name!r}, and its text {having}{meant(name, [*known, *sorted(places)])}"


def meant(name, among, cutoff=0.6):
    close = nearest(name, among, cutoff)
    return f"; did you mean {close!r}?" if close else ""


def nearest(name, among, cutoff):
    """The most alike, of those with the most letters in common (comparing takes time), or None."""
    if len(among) > _MOST_COMPARED:
        letters = set(name)
        among = sorted(among, key=lambda one: (2 * len(letters.symmetric_difference(one)) + abs(len(one) - len(name)), one))
        among = among[:_MOST_COMPARED]
    return next(iter(difflib.get_close_matches(name, among, 1, cutoff)), None)


def _filled(text, values, key):
    def value_of(match):
        name = match[1]
        if name not in values:
            raise ScriptError(f"the text {key!r:.60} has the placeholder {{{name}}}: give {name}=…")
        return _shown(values[name])

    wrong = misused(text, {})
    if wrong:
        raise ScriptError(wrong)
    filled = _PLACEHOLDER.sub(value_of, text)
    if len(filled) > MOST_TEXT:
        raise ScriptError(f"the text {key!r:.60} would have {len(filled)} characters: at most {MOST_TEXT}")
    return filled


def _shown(value):
    """As people write it: six digits of a fraction, all of a whole number, and an exponent only where it is tiny or huge."""
    if not isinstance(value, float):
        return str(value)
    if _MANY <= abs(value) < _HUGE:
        return str(int(value)) if value.is_integer() else format(value, ".2f").rstrip("0").rstrip(".")
    return format(value, ".6g")


def resolve(text, texts, values):
    """{language: text} with the placeholders filled. `text` is a key of `texts`, a literal, or {language: text}."""
    if isinstance(text, dict):
        return {language: _filled(one, values, "text")
                for language, one in checked({"text": text}, ScriptError)["text"].items()}
    if not isinstance(text, str) or not text:
        raise ScriptError(f"text must be a key of app(texts=…) or a text, not {text!r:.60}")
    languages = texts.get(text)
    if languages is None:
        if len(text) > MOST_TEXT:
            raise ScriptError(f"a text may have at most {MOST_TEXT} characters")
        return {LITERAL_LANGUAGE: _filled(text, values, text)}
    return {language: _filled(one, values, text) for language, one in languages.items()}
