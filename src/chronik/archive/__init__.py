"""The pipeline, and the only place where stages meet: poll → capture → read → index; import; search; verify."""

from chronik.archive.archive import Archive, Progress, Step

__all__ = ["Archive", "Progress", "Step"]
