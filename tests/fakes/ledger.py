"""The part of the catalogue in dictionaries that knows the leaves."""

import secrets
from dataclasses import dataclass, field, replace

from chronik.model import LeafKind
from chronik.ports.ledger import LeafMark


@dataclass
class LedgerMemory:
    leaf_map: dict = field(default_factory=dict)

    def mark_due(self, kind, subject):
        number = len(self.leaf_map) + 1
        fresh = LeafMark(number=number, kind=kind, subject=subject, salt=secrets.token_bytes(32))
        self.leaf_map.setdefault((kind, subject), fresh)

    def due_leaves(self, *, after, limit):
        return [mark for mark in self.leaf_marks() if mark.index is None and mark.number > after][:limit]

    def captures_and_acts(self, marks):
        known = {**self.capture_map, **{act.id: act for act in self.act_list}}
        return {mark.subject: known[mark.subject] for mark in marks if mark.subject in known}

    def leaves_due(self):
        return len(self.due_leaves(after=0, limit=len(self.leaf_map)))

    def leaves_marked(self):
        return max((mark.index for mark in self.leaf_map.values() if mark.index is not None), default=-1) + 1

    def mark_leaves(self, marks):
        for mark in marks:
            key = (mark.kind, mark.subject)
            if key in self.leaf_map:
                self.leaf_map[key] = replace(self.leaf_map[key], index=mark.index, salt=mark.salt)

    def forget_leaves(self, marks):
        for mark in marks:
            if self.leaf_map[(mark.kind, mark.subject)].index is None:
                del self.leaf_map[(mark.kind, mark.subject)]

    def forget_leaf_indices(self):
        self.leaf_map = {key: replace(mark, index=None) for key, mark in self.leaf_map.items()}

    def leaf_mark(self, kind, subject):
        return self.leaf_map.get((kind, subject))

    def leaf_marks_of(self, kind, subjects):
        return {subject: self.leaf_map[(kind, subject)] for subject in subjects if (kind, subject) in self.leaf_map}

    def leaf_marks(self):
        return iter(sorted(self.leaf_map.values(), key=lambda mark: mark.number))

    def without_mark(self):
        known = [(LeafKind.CAPTURE, key) for key in sorted(self.capture_map)]
        known += sorted((LeafKind.ACT, act.id) for act in self.act_list)
        return [key for key in known if key not in self.leaf_map]

    def acts_in_order(self):
        return iter(list(self.act_list))
