"""numpy where a deployment allows it: it counts, and leads nowhere."""
import sys
import unittest

import kit

AVAILABLE = "/usr/lib/python3/dist-packages"


def runtime():
    if AVAILABLE not in sys.path:
        sys.path.append(AVAILABLE)
    return kit.Runtime(numpy=True)


class Numpy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        kit._shared[:] = [runtime()]

    def test_counts(self):
        home = kit.Home(kit.script("home.state['x'] = [float(np.dot(WEIGHTS, np.array([1.0, 2.0]))), np.linalg.norm([3, 4]), "
                                   "np.arange(4).reshape(2, 2).sum(axis=0).tolist(), float(norm([1]))]",
                                   "import numpy as np\nfrom numpy.linalg import norm\nWEIGHTS = np.array([2.0, 3.0])"))
        self.assertEqual(home.faults, [])
        done = home.send()
        self.assertEqual(done["error"], "")
        self.assertEqual(done["state"], '{"x":[8.0,5.0,[2,4],1.0]}')

    def test_module_level_arrays_are_read_only(self):
        for change in ("WEIGHTS[0] = 1", "WEIGHTS.sort()", "BASE[0] = 5.0\nassert WEIGHTS[0] == 2.0", "WEIGHTS.fill(1)"):
            home = kit.Home(kit.script(change, "import numpy as np\nBASE = np.array([2.0, 3.0])\nWEIGHTS = BASE[:]"))
            self.assertIn("read-only", home.send()["error"])

    def test_leads_nowhere(self):
        for expression in ("np.load('/etc/passwd')", "np.fromfile('x')", "np.memmap('x')", "np.ctypeslib", "np.os", "np.sys",
                           "np.array([1]).ctypes", "np.array([1]).tofile('x')", "np.lib.stride_tricks", "np.save('x', 1)",
                           "np.frombuffer(b'1')", "np.ndarray((1,), buffer=b'x')", "np.array([1]).setflags(write=True)",
                           "np.vectorize", "np.random.rand()", "np.array([1]).__array_interface__", "np.core", "np.testing",
                           "np.f2py", "np.genfromtxt('x')", "np.dtype(object)"):
            with self.subTest(expression):
                self.assertTrue(kit.messages(kit.script(f"print({expression})", "import numpy as np")))


if __name__ == "__main__":
    unittest.main()
