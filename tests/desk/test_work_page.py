"""The page of long work."""

import pytest
from tests.desk.material import NOW

from chronik.archive import Step, jobs


@pytest.fixture
def running(archive):
    archive.config.archive.mkdir()
    moments = iter(range(99))
    with jobs.working(
        archive.config.archive, kind="import", who="<b>eva", clock=lambda: NOW, tick=lambda: next(moments)
    ) as report:
        report(Step(stage="pages", done=1, total=4))
        yield report


def test_work_is_shown_and_stopped_by_an_operator(editor, archive, running):
    page = editor.get("/desk/jobs/").content.decode()
    assert 'max="100" value="25"' in page
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    assert "<b>eva" not in page
    (job,) = jobs.jobs(archive.config.archive)
    assert editor.post("/desk/jobs/", {"do": "stop", "job": job.id}).status_code == 302
    assert jobs.jobs(archive.config.archive)[0].stop_asked_by == "eva"
    page = editor.get("/desk/jobs/?still=1").content.decode()
    assert "refresh" not in page
    assert 'value="stop"' not in page
    with pytest.raises(jobs.JobStoppedError):
        running(Step(stage="pages", done=2, total=4))


def test_what_does_not_run_cannot_be_stopped(editor, archive):
    for name in ("", "../x", "20260501T120000-abcdef"):
        assert editor.post("/desk/jobs/", {"do": "stop", "job": name}).status_code == 302
    assert editor.post("/desk/jobs/", {"do": "x"}).status_code == 404
