"""The first page: what a person who comes for the first time meets."""

from django.test import Client
from playwright.sync_api import Page, expect

from tests.web.conftest import Site


def test_the_first_page_leads_to_the_questions(client: Client) -> None:
    answer = client.get("/")

    assert answer.status_code == 200
    assert 'href="/check/"' in answer.content.decode()


def test_the_first_page_opens_in_a_browser(page: Page, site: Site) -> None:
    page.goto(site.url)

    page.get_by_role("link", name="Start with a few questions").click()

    expect(page.get_by_role("heading", level=1)).to_be_visible()
