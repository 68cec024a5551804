"""A passkey in Chromium, with the authenticator that DevTools plays: made at the desk, asked at the next sign-in."""

import base64
import shutil
from datetime import UTC, datetime

import pytest
from tests.browser.conftest import STEP_TIMEOUT_MS, served

from chronik.desk import one_time_codes

pytestmark = pytest.mark.browser

PASSWORD = "Ein langes, neues Wort"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def sign_in(page):
    page.goto("/desk/sign-in/")
    page.fill("[name=username]", "editor")
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def test_a_passkey_is_made_and_asked(chromium, filled_archive, environment, tmp_path):
    folder = shutil.copytree(filled_archive, tmp_path / "archive")
    with served(folder, environment, "--sign-in") as desk:
        context = chromium.new_context(base_url=desk.address, locale="en")
        context.set_default_timeout(STEP_TIMEOUT_MS)
        page = context.new_page()
        devtools = context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        page.goto(desk.link)
        page.get_by_role("button", name="Go to the desk").click()
        page.wait_for_url("**/desk/")
        page.goto("/desk/account/")
        page.fill("[name=new_password1]", PASSWORD)
        page.fill("[name=new_password2]", PASSWORD)
        page.get_by_role("button", name="Set password").click()
        page.goto("/desk/account/second-factor/")
        key = base64.b32decode(page.locator("main code").first.inner_text().replace(" ", ""))
        page.fill("#code", one_time_codes.code_at(datetime.now(UTC), key=key))
        page.get_by_role("button", name="Switch it on").click()
        recovery = page.locator("li code").first.inner_text()
        page.fill("#code-passkey", recovery)
        page.get_by_role("button", name="Add a passkey").click()
        page.get_by_text("The passkey is kept.").wait_for()
        context.clear_cookies()
        sign_in(page)
        page.wait_for_url("**/desk/sign-in/code/")
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url("**/desk/")
        context.close()
