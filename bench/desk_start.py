"""What the first pages after a start cost, in a process of its own: `python -m bench.desk_start FOLDER [cold]`."""

import json
import os
import sys
import time
from pathlib import Path

from bench import desk_dossiers as worked
from bench.desk_requests import HERE


def first_pages(folder, *, cold):
    """CPU milliseconds of the first inbox and story, and of getting ready for them; memory at the end."""
    os.environ |= {"CHRONIK_ARCHIVE": str(folder), "DJANGO_SETTINGS_MODULE": "chronik.web.settings"}
    from chronik import wiring

    wiring.opened(folder)
    from django.contrib.auth.models import User
    from django.test import Client

    from chronik.catalogue.models import StoryRow
    from chronik.web import warming
    from chronik.web.wsgi import application  # noqa: F401 - loads what the server loads

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=worked.EDITOR))
    story = StoryRow.objects.order_by("-reports", "id").values_list("id", flat=True)[3]
    found = {}
    if not cold:
        found["getting ready"] = milliseconds(warming.get_ready)
    found["inbox"] = milliseconds(lambda: client.get(HERE))
    found["story"] = milliseconds(lambda: client.get(f"{HERE}stories/{story}/"))
    return {**found, "MB": memory_mb()}


def milliseconds(act):
    """CPU time of this process."""
    start = time.process_time()
    act()
    return round(1000 * (time.process_time() - start))


def memory_mb():
    """What the process holds, as Linux says."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) // 1024


if __name__ == "__main__":
    print(json.dumps(first_pages(Path(sys.argv[1]), cold="cold" in sys.argv[2:])))
