"""The part of the catalogue in dictionaries that keeps learned names."""

from dataclasses import dataclass, field, replace


@dataclass
class NamingMemory:
    learned_map: dict = field(default_factory=dict)
    learned_numbers: list = field(default_factory=list)
    names_seen: object = None

    def learned_names(self):
        return sorted(self.learned_map.values(), key=lambda one: (-one.score, -one.stories, one.number))

    def used_names(self):
        return [one.spellings for one in sorted(self.learned_map.values(), key=lambda one: one.number) if one.used]

    def names_learned(self):
        return self.names_seen

    def forget_names_of(self, articles):
        taught = [
            pair
            for pair, one in self.learned_map.items()
            if any({witness.first, witness.second} & articles for witness in one.witnesses)
        ]
        for pair in taught:
            del self.learned_map[pair]
        self.names_seen = None if taught else self.names_seen

    def record_learned_names(self, learned, *, keep, seen):
        fresh = {}
        for one in learned:
            fresh.setdefault(frozenset(one.spellings), one)
        kept = {key: one for key, one in self.learned_map.items() if key in fresh or one.number in keep}
        for key, one in fresh.items():
            if key not in kept:
                self.learned_numbers.append(key)
            number = kept[key].number if key in kept else len(self.learned_numbers)
            kept[key] = replace(one, number=number)
        self.learned_map = kept
        self.names_seen = seen
