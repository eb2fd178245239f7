"""Anlan over HTTP. `operations` is made from the description of the service: see ../generate.py."""

from .operations import Client
from .runtime import AnlanError, File, Money, Pages, Retries

__all__ = ["AnlanError", "Client", "File", "Money", "Pages", "Retries"]
