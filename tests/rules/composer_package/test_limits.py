"""What the package bounds is what the server bounds: rows of shared/base/limits.h."""
import pathlib
import re
import unittest

import kit
from composer import context, effects, parameters, runtime, texts
from composer.sanitizer import checker

TABLE = pathlib.Path(kit.__file__).resolve().parents[3] / "shared/base/limits.h"


class Limits(unittest.TestCase):
    def test_the_table_has_what_the_package_goes_by(self):
        table = {name: int(value.replace("'", "")) for name, value in re.findall(r"X\((\w+), ([\d']+),", TABLE.read_text())}
        for name, here in (
                ("ValueBytesMost", effects.MOST_VALUE), ("TimersMost", effects.MOST_TIMERS),
                ("ActionsMost", effects.MOST_ACTIONS), ("RecipientsMost", effects.MOST_RECIPIENTS),
                ("CommandParametersMost", effects.MOST_SETTINGS), ("IndexBytesMost", effects.MOST_INDEX),
                ("ChoicesMost", effects.MOST_CHOICES), ("CommandExpiryLeastMs", effects.LEAST_EXPIRY),
                ("CommandExpiryMostMs", effects.LONGEST_DELAY), ("EffectsMost", context.MOST_EFFECTS),
                ("RunLinesMost", context.MOST_LINES), ("RunLineMost", context.MOST_LINE),
                ("StateBytesMost", runtime.MOST_STATE), ("ScriptTextMost", texts.MOST_TEXT),
                ("ParameterTextMost", parameters._MOST_TEXT), ("ScriptBytesMost", checker.MOST_BYTES)):
            with self.subTest(name):
                self.assertEqual(table[name], here)


if __name__ == "__main__":
    unittest.main()
