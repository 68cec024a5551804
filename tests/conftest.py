"""What all tests share."""

import hypothesis
import pytest

# A busy machine is no fault of the code.
hypothesis.settings.register_profile("chronik", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("chronik")

PARAMETERS_WITH_DATABASE = frozenset({"sql", "real"})
"""Values of parameters by which a fixture chooses the SQL catalogue."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark tests whose fixture asks for the database only when it runs: pytest-django makes what it sees beforehand."""
    for item in items:
        callspec = getattr(item, "callspec", None)
        values = callspec.params.values() if callspec else ()
        if any(isinstance(value, str) and value in PARAMETERS_WITH_DATABASE for value in values):
            item.add_marker(pytest.mark.django_db)
