"""What the build asks for is used: a package that nothing links or includes is no dependency (finding_G24)."""

import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# What a package's targets begin with, where that is not its name; and a header, where one tells that it is used at all.
TARGETS = {"tl-expected": "tl::", "PkgConfig": "PkgConfig::", "pybind11": "pybind11"}
HEADERS = {"CURL": "<curl/curl.h>", "OpenSSL": "<openssl/", "simdjson": "<simdjson.h>", "Boost": "<boost/",
           "tl-expected": "<tl/expected.hpp>", "PostgreSQL": "<libpq-fe.h>", "pybind11": "<pybind11/",
           "SODIUM": "<sodium.h>", "SECCOMP": "<seccomp.h>", "QRENCODE": "<qrencode.h>"}


def texts(pattern, folders=("server", "shared", "console", "rules", "packaging", "tests")):
    return {path: path.read_text(encoding="utf-8") for folder in folders for path in (ROOT / folder).rglob(pattern)}


class Packages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.top = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
        cls.lists = "\n".join([*texts("CMakeLists.txt").values(), *texts("*.cmake").values()])
        cls.sources = "\n".join([*texts("*.cpp").values(), *texts("*.h").values()])

    def test_finding_G24_every_package_is_linked(self):
        found = re.findall(r"^find_package\((\S+)", self.top, re.M)
        self.assertIn("Qt6", found)
        for name in found:
            with self.subTest(name):
                self.assertIn(TARGETS.get(name, name + "::"), self.lists)
        for name in re.findall(r"^pkg_check_modules\((\S+)", self.top, re.M):
            with self.subTest(name):
                self.assertIn("PkgConfig::" + name, self.lists)

    def test_finding_G24_every_package_is_included(self):
        asked = re.findall(r"^(?:find_package|pkg_check_modules)\((\S+)", self.top, re.M)
        for name in asked:
            if name in HEADERS:
                with self.subTest(name):
                    self.assertIn(HEADERS[name], self.sources)


if __name__ == "__main__":
    unittest.main()
