"""The command line: one program, one file a family of commands."""

from chronik.cli.app import main

__all__ = ["main"]
