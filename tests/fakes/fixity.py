"""The part of the catalogue in dictionaries that remembers when files were read again."""

from dataclasses import dataclass, field


@dataclass
class FixityMemory:
    fixity_map: dict = field(default_factory=dict)

    def row_faults(self):
        return []

    def removed_clips(self, dossier):
        removed = [state.clip for state in self.clip_map.values() if state.clip.dossier == dossier and state.removed]
        return sorted(removed, key=lambda clip: clip.id)

    def fixity_marks(self):
        return sorted(self.fixity_map.values(), key=lambda mark: (mark.read_at, mark.file))

    def keep_fixity_marks(self, marks):
        self.fixity_map |= {mark.file: mark for mark in marks}

    def forget_fixity_marks(self, files):
        for file in files:
            self.fixity_map.pop(file, None)
