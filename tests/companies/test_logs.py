"""Log lines name the company and give no token away."""

import logging

from tenants.companies.context import working_for
from tenants.companies.logs import CompanyFormatter


def line(message: str) -> str:
    record = logging.LogRecord("test", logging.INFO, __file__, 1, message, None, None)
    return CompanyFormatter("{company}: {message}", style="{").format(record)


def test_line_names_the_company_it_is_about_after_a_switch(acme, globex):
    with working_for(acme):
        assert line("hello") == "c_acme: hello"
        with working_for(globex):
            assert line("hello") == "c_globex: hello"
        assert line("hello") == "c_acme: hello"


def test_tokens_are_blotted_out(acme):
    told = line("GET /a/IjAxYT-_x:1xTb3I:G6VO4h?choice=once with Bearer tl_Nu02pUVfJ-6i")
    assert told == "c_acme: GET /a/…?choice=once with Bearer tl_…"


def test_the_signature_of_a_webhook_is_blotted_out(acme):
    told = line("POST https://hooks.example:443/run?sp=%2Frun&sig=Nu02pU%2FVfJ-6i&v=1 failed")
    assert told == "c_acme: POST https://hooks.example:443/run?sp=%2Frun&sig=…&v=1 failed"
