"""The kinds of rooms that there are, as model::roomKinds() has them; a home may have others, from before or from a file."""
import difflib

ROOM_KINDS = ("kitchen", "living", "dining", "bedroom", "bathroom", "toilet", "entrance", "hall", "office", "garage", "cellar",
              "garden", "other")


def misspelt_room(kind):
    """What is said of a kind of room that is none and nearly one, or nothing."""
    if not isinstance(kind, str) or kind in ROOM_KINDS or len(kind) > 60:
        return None
    written = kind.strip().lower()
    for one in (written, written.removesuffix("room").strip(), written.partition(" ")[0]):
        near = difflib.get_close_matches(one, ROOM_KINDS, 1, 0.8)
        if near:
            return f"no room is of the kind {kind!r}; did you mean {near[0]!r}? Kinds are {', '.join(ROOM_KINDS)}"
    return None
