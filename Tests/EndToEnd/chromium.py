"""A headless browser that tells what pages do wrong: errors, breaches of their policy, requests to anywhere."""
import os
import shutil
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright


def violations(page, **more):
    """What axe finds. It would fetch stylesheets, which the pages' policy forbids: it reads them as they are applied."""
    results = Axe().run(page, options={"preload": False, "resultTypes": ["violations"]}, **more)
    return results.generate_report() if results.violations_count else ""


@contextmanager
def chromium():
    program = os.environ.get("PARAPET_CHROMIUM") or shutil.which("chromium")
    if not program:
        pytest.skip("chromium is missing: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield Chromium(browser)
        browser.close()


class Chromium:
    def __init__(self, browser):
        self._browser = browser
        self.version = browser.version

    @contextmanager
    def page(self, url, width=1280, scheme="light", **more):
        """A page of its own; whatever it complains about fails the test."""
        context = self._browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce", **more)
        complaints = []
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: request.url.startswith("file:") or complaints.append(request.url))
        page.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))
        page.goto(url)
        yield page
        context.close()
        assert complaints == []
