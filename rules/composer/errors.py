"""What goes wrong in or because of a script. Their texts are for its author."""


class ScriptError(Exception):
    """Something that the script did; the message says what to do instead."""


class DeclarationError(ScriptError):
    """app(), on or a parameter was written wrongly; `meant` is the argument of app() or the function that is."""

    def __init__(self, text, meant=None):
        super().__init__(text)
        self.meant = meant


class TooManyEffects(ScriptError):
    """More effects than one run may have."""


class StateTooLarge(ScriptError):
    """home.state is over its limit."""
