"""The layout check finds what it is there to find: each kind of fault is made and must be named."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import check_layout  # noqa: E402


class CheckLayout(unittest.TestCase):
    def arrows(self, path, line):
        return [message for _, message in check_layout.arrow_faults(Path(path), line)]

    def test_refuses_an_arrow_that_the_design_does_not_have(self):
        self.assertEqual(self.arrows("server/net/a.cpp", '#include "server/store/b.h"'),
                         ["server/net may not include server/store"])
        self.assertEqual(self.arrows("console/pages/a.cpp", '#include "server/net/b.h"'),
                         ["console may not include server"])
        self.assertEqual(self.arrows("shared/base/a.h", '#include "shared/model/b.h"'),
                         ["shared/base may not include shared/model"])
        self.assertEqual(self.arrows("server/composer/a.h", '#include "server/worker/lock_down.h"'),
                         ["server/composer may not include server/worker"])

    def test_allows_the_arrows_of_the_design(self):
        self.assertEqual(self.arrows("server/edge/a.cpp", '#include "server/ingest/b.h"'), [])
        self.assertEqual(self.arrows("server/composer/a.h", '#include "server/worker/host/b.h"'), [])
        self.assertEqual(self.arrows("server/net/a.h", '#include "server/metrics/metrics.h"'), [])
        self.assertEqual(self.arrows("server/app/a.cpp", '#include "server/api/b.h"'), [])

    def test_finds_long_functions_and_not_long_namespaces(self):
        body = "    x();\n" * 61
        self.assertEqual(len(list(check_layout.cpp_faults("void f()\n{\n" + body + "}\n"))), 1)
        self.assertEqual(list(check_layout.cpp_faults("namespace a {\n" + body + "}\n")), [])

    def test_braces_in_text_and_comments_do_not_count(self):
        text = 'void f()\n{\n    g("}{{");  // }}}\n    h(\'{\');\n}\n' + "int x;\n" * 80
        self.assertEqual(list(check_layout.cpp_faults(text)), [])

    def test_counts_the_fields_of_a_class(self):
        fields = "".join(f"    int m_{chr(97 + n)} = 0;\n" for n in range(13))
        self.assertEqual(len(list(check_layout.cpp_faults("class A\n{\n" + fields + "};\n"))), 1)

    def test_finds_sql_outside_the_store(self):
        line = 'query("SELECT id FROM device ");'
        self.assertEqual(len(list(check_layout.sql_faults(Path("server/api/a.cpp"), line))), 1)
        self.assertEqual(list(check_layout.sql_faults(Path("server/store/a.cpp"), line)), [])


if __name__ == "__main__":
    unittest.main()
