"""Accounts on the command line: the operator's word, without a desk and without mail."""


def test_an_account_is_made_changed_closed_and_opened_again(chronik):
    assert chronik("account", "add", "eva", "--role", "operator").out.startswith(
        "eva: operator. Let them in: chronik up"
    )
    assert chronik("account", "add", "otto").code == 0
    assert chronik("account", "role", "otto", "chief-editor").out.strip() == "otto: chief-editor"
    assert chronik("account", "password", "otto", stdin=b"Ein langes, neues Wort\n").code == 0
    assert chronik("account", "close", "otto").out.strip() == "otto: closed"
    assert chronik("account", "list", "--json").json[1] == {
        "name": "otto",
        "role": "chief-editor",
        "open": False,
        "last_sign_in": None,
        "second_factor": False,
        "sessions": 0,
    }
    assert chronik("account", "reopen", "otto", "--json").json["open"]
    table = chronik("account", "list").out
    assert "otto" in table
    assert "never" in table


def test_what_cannot_be_is_told_in_a_line(chronik):
    chronik("account", "add", "eva", "--role", "operator")
    for asked, words in (
        (("role", "niemand", "editor"), "chronik account list"),
        (("role", "eva", "boss"), "Roles are: reader"),
        (("role", "eva", "reader"), "last operator"),
        (("close", "eva"), "last operator"),
        (("add", "eva"), "already"),
        (("add", "a b"), "cannot be a user name"),
        (("password", "eva"), "too short"),
        (("forget-factor", "eva"), "no second factor"),
    ):
        outcome = chronik("account", *asked)
        assert (outcome.code != 0, words in outcome.err, "Traceback" in outcome.err) == (True, True, False), asked
