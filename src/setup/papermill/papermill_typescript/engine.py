"""What papermill loads by itself: the engine, and with it the translator."""

from papermill.engines import NBClientEngine
from papermill.translators import papermill_translators

from .translator import TypeScriptTranslator


class TypeScriptEngine(NBClientEngine):
    """papermill's own engine, by another name."""


papermill_translators.register("typescript", TypeScriptTranslator)
