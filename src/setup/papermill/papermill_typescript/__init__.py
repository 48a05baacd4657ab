"""Lets papermill set the parameters of notebooks in TypeScript; installing it is enough."""

# First, since papermill loads this package's engine while it is being imported.
import papermill  # noqa: F401

from .translator import TypeScriptTranslator

__all__ = ["TypeScriptTranslator"]
