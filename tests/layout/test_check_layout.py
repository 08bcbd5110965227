"""The layout check finds what it is there to find: each kind of fault is made, in the tree's own files, and must be named."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import check_layout  # noqa: E402
import threads_page  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
PAGE = Path(threads_page.PAGE)


def fields(number, prefix=""):
    return "".join(f"    int {prefix}field{n} = {n};\n" for n in range(number))


class CheckLayout(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.texts = check_layout.texts_of(ROOT)

    def new_faults(self, path, text):
        """What is told more when the file has this text, of its folder's files."""
        path = Path(path)
        near = {other: kept for other, kept in self.texts.items() if other.parent == path.parent and other != PAGE}
        known = [fault[2:] for fault in check_layout.all_faults(near)]
        found = [fault[2:] for fault in check_layout.all_faults({**near, path: text})]
        for fault in known:
            if fault in found:
                found.remove(fault)
        return [message for _, message in found]

    def including(self, path, header):
        return self.new_faults(path, f'#include "{header}"\n')

    def test_an_include_that_the_design_does_not_have(self):
        for path, header, message in [
                ("console/pages/a.cpp", "console/net/session.h", "console/pages may not include console/net"),
                ("console/charts/a.cpp", "console/net/session.h", "console/charts may not include console/net"),
                ("console/editor/a.cpp", "console/pages/page.h", "console/editor may not include console/pages"),
                ("console/pages/a.cpp", "server/net/port.h", "console may not include server"),
                ("server/net/a.cpp", "server/store/postgres/b.h", "server/net may not include server/store"),
                ("server/api/live/a.cpp", "server/engine/model.h", "server/api may not include server/engine"),
                ("server/edge/a.cpp", "server/bus/bus.h", "server/edge may not include server/bus"),
                ("server/composer/running/a.cpp", "server/worker/loop.h", "server/composer may not include server/worker"),
                ("server/worker/a.cpp", "server/worker/host/watch.h", "server/worker may not include server/worker/host"),
                ("shared/base/a.cpp", "shared/model/b.h", "shared/base may not include shared/model"),
                ("server/misc/a.cpp", "shared/base/ids.h", "server/misc is no folder of the design")]:
            with self.subTest(path=path, header=header):
                self.assertEqual(self.including(path, header), [message])

    def test_the_arrows_of_the_design_are_allowed(self):
        for path, header in [("console/pages/a.cpp", "console/models/workspace.h"),
                             ("console/models/a.cpp", "console/net/session.h"),
                             ("server/edge/a.cpp", "server/ingest/intake.h"),
                             ("server/scripts/a.cpp", "server/worker/host/watch.h"),
                             ("server/net/a.cpp", "server/metrics/metrics.h"),
                             ("server/app/a.cpp", "server/api/live/live.h")]:
            with self.subTest(path=path, header=header):
                self.assertEqual(self.including(path, header), [])

    def test_a_function_of_61_lines_and_not_one_of_60(self):
        for lines, faults in [(60, []), (61, ["a function of 61 lines (at most 60)"])]:
            body = "    x();\n" * lines
            self.assertEqual(self.new_faults("server/net/a.cpp", "void f()\n{\n" + body + "}\n"), faults)
            self.assertEqual(self.new_faults("server/net/a.cpp", "auto f = [](int a) {\n" + body + "};\n"), faults)
        self.assertEqual(self.new_faults("server/net/a.cpp", "namespace a {\n" + "    int x;\n" * 80 + "}\n"), [])
        python = "def f():\n" + "    x()\n" * 61
        self.assertEqual(self.new_faults("rules/a.py", python), ["f has 61 lines (at most 60)"])

    def test_braces_in_texts_and_comments_do_not_count(self):
        text = 'void f()\n{\n    g("}{{");  // }}}\n    h(\'{\');\n    const int big = 1\'000;\n}\n' + "int x;\n" * 80
        self.assertEqual(self.new_faults("server/net/a.cpp", text), [])

    def test_a_file_of_501_lines(self):
        self.assertEqual(self.new_faults("server/net/a.cpp", "int x;\n" * 501), ["501 lines (at most 500)"])

    def test_a_struct_with_13_fields_of_its_own(self):
        for kind in ("struct", "class"):
            self.assertEqual(self.new_faults("server/net/a.cpp", f"{kind} A final : B\n{{\n{fields(12)}}};\n"), [])
            self.assertEqual(self.new_faults("server/net/a.cpp", f"{kind} A final : B\n{{\n{fields(13)}}};\n"),
                             [f"{kind} A has 13 fields (at most 12)"])
        kinds = ["std::function<void(int, bool)> told;", "void (*plain)(int);", "std::map<int, std::vector<int>> a, b{1, 2};",
                 "const Options& options;", "std::array<char, 4> c = {1, 2};", "int list[4];", "unsigned flag : 3;",
                 "struct { int x; } point;", "std::unique_ptr<Other> other;", "mutable std::mutex m;", "std::size_t n = f(1, 2);"]
        self.assertEqual(self.new_faults("server/net/a.cpp", "struct A {" + "\n".join(kinds) + "int more;};"), [
            "struct A has 13 fields (at most 12)"])

    def test_what_is_no_field(self):
        others = ("static constexpr int A = 1;", "using B = int;", "enum class C { D, E };", "friend class F;", "int g() const;",
                  "struct H { int i; };", "explicit operator bool() const { return true; }", "static int j;", "class K;")
        self.assertEqual(self.new_faults("server/net/a.cpp", f"struct A {{\n{fields(12)}" + "\n".join(others) + "};"), [])

    def test_a_struct_inside_a_struct_counts_for_itself(self):
        inner = f"struct B {{\n{fields(13, 'inner_')}}};\n"
        self.assertEqual(self.new_faults("server/net/a.cpp", f"struct A {{\n{fields(12)}{inner}}};\n"),
                         ["struct A::B has 13 fields (at most 12)"])

    def test_what_a_hidden_struct_holds_is_its_owners(self):
        owner = "class A {\npublic:\n    void f();\nprivate:\n    struct Private;\n    std::unique_ptr<Private> d;\n    int m_own;\n};\n"
        self.texts[Path("server/net/hidden.h")] = "#pragma once\n" + owner
        for number, faults in [(11, []), (12, ["class A with its Private has 13 fields (at most 12)"])]:
            self.assertEqual(self.new_faults("server/net/hidden.cpp", f"struct A::Private {{\n{fields(number)}}};\n"), faults)
        methods = "".join(f"    void m{n}();\n" for n in range(25))
        self.assertEqual(self.new_faults("server/net/hidden.cpp", f"struct A::Private {{\n{methods}}};\n"),
                         ["class A with its Private has 26 methods (at most 25)"])
        del self.texts[Path("server/net/hidden.h")]

    def test_26_methods_declared_defined_or_inherited_by_macro(self):
        ways = ["A() : a{1}, b(2) {}", "~A();", "bool operator==(const A&) const = default;", "virtual int f(int a = 3) = 0;",
                "template <typename T> T get() const { return {}; }", "[[nodiscard]] std::vector<int> all() const;",
                "static A make();", "Q_INVOKABLE void g(std::function<void(int)> h) { if (x) { y(); } }"]
        methods = ways + [f"int m{n}() const {{ return {n}; }}" for n in range(26 - len(ways))]
        for kind in ("struct", "class"):
            self.assertEqual(self.new_faults("server/net/a.cpp", kind + " A {\npublic:\n" + "\n".join(methods) + "\n};\n"),
                             [kind + " A has 26 methods (at most 25)"])
            self.assertEqual(self.new_faults("server/net/a.cpp", kind + " A {\n" + "\n".join(methods[1:]) + "\n};\n"), [])

    def test_a_python_class_over_its_bounds(self):
        many = "class A:\n    def __init__(self):\n" + "".join(f"        self.f{n} = 0\n" for n in range(13))
        self.assertEqual(self.new_faults("rules/a.py", many), ["class A has 13 fields (at most 12)"])
        many = "class A:\n" + "".join(f"    def f{n}(self): pass\n" for n in range(26))
        self.assertEqual(self.new_faults("rules/a.py", many), ["class A has 26 methods (at most 25)"])

    def test_sql_outside_the_store(self):
        line = 'query("SELECT id FROM device ");'
        self.assertEqual(self.new_faults("server/api/live/a.cpp", line), ["SQL belongs under server/store/sql"])
        self.assertEqual(self.new_faults("server/store/log/a.cpp", line), [])

    def test_a_statement_named_outside_the_store(self):
        line = '#include "server/store/sql_names.h"'
        self.assertEqual(self.new_faults("server/api/live/a.cpp", line),
                         ["the store's repositories are the only road to the database"])
        self.assertEqual(self.new_faults("server/store/pool/a.cpp", line), [])

    def test_the_time_from_elsewhere_than_the_clock_that_was_handed_down(self):
        for line in ["auto now = std::chrono::steady_clock::now();", "auto now = std::chrono::system_clock::now();",
                     "QDateTime::currentDateTimeUtc();", "QDateTime::currentMSecsSinceEpoch();",
                     "QElapsedTimer waited;", "std::time(nullptr);", "clock_gettime(CLOCK_MONOTONIC, &time);"]:
            with self.subTest(line=line):
                self.assertEqual(self.new_faults("server/edge/a.cpp", line),
                                 ["the time comes from the Clock that was handed down"])
                self.assertEqual(self.new_faults("shared/base/system_clock.cpp", line), [])
        self.assertEqual(self.new_faults("server/api/live/a.cpp", "const SystemClock clock;"),
                         ["a program makes its clock once and hands it down"])
        for allowed in ["clock.steady();", "clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);", "// steady_clock::now()",
                        "std::chrono::steady_clock::time_point at;"]:
            self.assertEqual(self.new_faults("server/edge/a.cpp", allowed), [])

    def test_json_in_a_page(self):
        self.assertEqual(self.new_faults("console/pages/a.cpp", "#include <QJsonObject>"),
                         ["pages hold no sockets and no JSON: that is the models' work"])

    def test_a_header_without_its_guard(self):
        self.assertEqual(self.new_faults("server/net/a.h", "int x;\n"), ["a header without #pragma once"])


class ThreadsPage(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.texts = check_layout.texts_of(ROOT)
        cls.page = cls.texts[PAGE]
        cls.cpp = [(path, text) for path, text in cls.texts.items() if path.suffix in check_layout.CPP]

    def told(self, before, after, path=PAGE):
        """The faults when `before` is written as `after` in the page, or in another file."""
        self.assertIn(before, self.texts[path])
        changed = self.texts[path].replace(before, after, 1)
        page = changed if path == PAGE else self.page
        cpp = [(one, changed if one == path else text) for one, text in self.cpp]
        return [message for _, _, _, message in threads_page.faults(page, cpp)]

    def test_the_page_is_true(self):
        self.assertEqual(self.told("|", "|"), [])

    def test_a_wrong_bound(self):
        self.assertEqual(self.told("20,000 submissions", "10,000 submissions"),
                         ["committer: 10,000 is said of CommitterOptions::queueCapacity, which is [20000] in the code"])
        self.assertEqual(self.told("5 s (", "6 s ("),
                         ["io-1: 6 is said of EdgeOptions::holdFor, which is [5000] in the code"])

    def test_a_bound_that_the_code_changed(self):
        header = next(path for path, text in self.cpp if "queueCapacity = 20'000" in text)
        self.assertEqual(self.told("queueCapacity = 20'000", "queueCapacity = 30'000", header),
                         ["committer: 20,000 is said of CommitterOptions::queueCapacity, which is [30000] in the code"])

    def test_a_bound_of_no_constant(self):
        self.assertIn("which is nowhere in the code", self.told("`NoticesMost`", "`MostNotices`")[0])
        self.assertIn("without its constant's name", self.told("(`NoticesMost`)", "")[0])

    def test_a_thread_of_another_name(self):
        self.assertEqual(self.told("| `lookup` |", "| `look-up` |"),
                         ["no thread is called look-up", "the thread lookup is not in server/THREADS.md"])
        self.assertEqual(self.told("`api-1` … `api-N`", "`api-1`"),
                         ["no thread is called api-1", "the thread api-N is not in server/THREADS.md"])

    def test_another_order_of_stopping(self):
        self.assertIn("stops as device-port, composer, api,", self.told(*self.swapped())[0])

    def swapped(self):
        start = self.page.index("2. `api`")
        two = "".join(self.page[start:].splitlines(keepends=True)[:2])
        first, second = two.splitlines()
        return two, f"{second}\n{first}\n"


class NotYet(unittest.TestCase):
    FAULT = ("server/net/a.h", 3, "fields", "struct A has 13 fields (at most 12)")

    def test_a_known_fault_is_held_back_and_a_second_one_is_not(self):
        known = {("a.h", "fields"): (1, "why")}
        self.assertEqual(list(check_layout.held_back([self.FAULT], known)), [])
        self.assertEqual(len(list(check_layout.held_back([self.FAULT] * 2, known))), 2)
        self.assertEqual(list(check_layout.held_back([self.FAULT], {})), [self.FAULT])

    def test_an_entry_that_nothing_needs_is_a_fault(self):
        told = list(check_layout.held_back([], {("a.h", "fields"): (1, "why")}))
        self.assertEqual([message for _, _, _, message in told], ["a.h has 0 faults of the rule fields, not 1"])


if __name__ == "__main__":
    unittest.main()
