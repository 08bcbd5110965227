"""The first layer of the sandbox: refuses what a script may not say, and tells the author what to say instead.

check(source, file, scripts) parses and judges; nothing is run. What passes is an AST with a guard around every
attribute that is written, ready to be compiled."""
from composer.sanitizer.fault import Fault
from composer.sanitizer.checker import Known, check, gather

__all__ = ["Fault", "Known", "check", "gather"]
