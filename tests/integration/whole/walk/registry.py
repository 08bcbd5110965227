"""Which function shows the effect of which name. A function takes the world, does what the name says and looks from outside."""

SHOWN = {}


def shows(*names):
    """Keeps the function as the one that shows the effect of these names, as walk.names spells them."""

    def keep(function):
        for name in names:
            if name in SHOWN:
                raise ValueError(f"{name} is shown by {SHOWN[name].__name__} and by {function.__name__}")
            SHOWN[name] = function
        return function

    return keep
