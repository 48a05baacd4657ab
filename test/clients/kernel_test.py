"""Jupyter's own tests for kernels, with samples in TypeScript; prints how each test ended as one JSON object."""

import json
import os
import unittest

from jupyter_kernel_test import TIMEOUT, IopubWelcomeTests, KernelTests

KERNEL = os.environ["KERNEL_NAME"]


class TypeScriptKernelTests(KernelTests):
    kernel_name = KERNEL
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('something went wrong')"
    completion_samples = [
        {"text": "Math.flo", "matches": {"floor"}},
        {"text": "const faces = '😀😀'; faces.toUpperC", "matches": {"toUpperCase"}},
        {"text": "JSON.", "matches": {"parse", "stringify"}},
        {"text": "const nothing = 1; nothing.zzz", "matches": set()},
    ]
    complete_code_samples = [
        "const one = 1",
        "6 * 7",
        "function two(): number {\n  return 2\n}",
        "await Promise.resolve(1)",
        "type Pair = readonly [number, number]",
        "// nothing but words",
    ]
    incomplete_code_samples = [
        "function open() {",
        "const list = [1,",
        "const text = `several\nlines",
        "if (true) {\n  console.log('yes')",
        "/* words without an end",
    ]
    invalid_code_samples = ["const = }", "let 1a = 2", "function )("]
    code_generate_error = "throw new RangeError('too far')"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "6 + 36", "result": "42"},
        {"code": "'größer 😀'", "result": "größer 😀"},
        {"code": "[1, 'two']", "result": "[ 1, 'two' ]"},
        {"code": "new Map([['a', 1]])", "result": "Map(1) { 'a' => 1 }"},
        {"code": "await Promise.resolve(3)", "result": "3"},
    ]
    code_display_data = [
        {"code": "display.html('<b>bold</b>')", "mime": "text/html"},
        {"code": "display.text('größer 😀')", "mime": "text/plain"},
        {"code": "display.svg('<svg xmlns=\"http://www.w3.org/2000/svg\"/>')", "mime": "image/svg+xml"},
        {"code": "display.png(new Uint8Array([137, 80, 78, 71]))", "mime": "image/png"},
    ]
    code_history_pattern = "6 + 3*"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "parseInt"
    code_clear_output = "console.log('soon gone')\nclearOutput()"

    def get_non_kernel_info_reply(self, timeout=TIMEOUT):
        """Some tests would wait for ever."""
        return super().get_non_kernel_info_reply(timeout)


class TypeScriptWelcomeTests(IopubWelcomeTests):
    kernel_name = KERNEL
    support_iopub_welcome = True

    def setUp(self):
        """The test would wait for ever."""
        get = self.kc.get_iopub_msg
        self.kc.get_iopub_msg = lambda: get(timeout=TIMEOUT)


class Ends(unittest.TestResult):
    """How each test ended: "passed", "skipped: why" or "failed: where"."""

    def __init__(self):
        super().__init__()
        self.ends = {}

    def addSuccess(self, test):
        super().addSuccess(test)
        self.ends.setdefault(name_of(test), "passed")

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.ends.setdefault(name_of(test), f"skipped: {reason}")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.fail(test, self.failures)

    def addError(self, test, err):
        super().addError(test, err)
        self.fail(test, self.errors)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.fail(subtest, [*self.failures, *self.errors][-1:])

    def fail(self, test, reported):
        before = self.ends.get(name_of(test), "")
        self.ends[name_of(test)] = f"{before}\nfailed: {test}\n{reported[-1][1]}".lstrip()


def name_of(test):
    """The name of a test's method; a class that cannot be set up fails by its own name."""
    test = getattr(test, "test_case", test)
    return getattr(test, "_testMethodName", str(test))


if __name__ == "__main__":
    ends = Ends()
    tests = unittest.defaultTestLoader.loadTestsFromTestCase
    # One suite: a class of another would be taken down twice.
    unittest.TestSuite([tests(TypeScriptKernelTests), tests(TypeScriptWelcomeTests)]).run(ends)
    print(json.dumps(ends.ends))
