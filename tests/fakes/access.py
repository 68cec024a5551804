"""Who may do what to a dossier, in a dictionary."""

from dataclasses import dataclass, field

from chronik.errors import NotFoundError
from chronik.model import OPEN


@dataclass
class AccessMemory:
    access_map: dict = field(default_factory=dict)

    def access(self, dossier):
        self._must_stand(dossier)
        return self.access_map.get(dossier, OPEN)

    def set_access(self, dossier, access, *, act):
        self._must_stand(dossier)
        self.access_map[dossier] = access
        self.record_act(act)

    def accesses(self):
        return {slug: held for slug, held in self.access_map.items() if held != OPEN}

    def _must_stand(self, dossier):
        if self.dossier(dossier) is None:
            raise NotFoundError(dossier)
