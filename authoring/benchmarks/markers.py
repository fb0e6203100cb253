"""The part of a page that a command writes anew, between two markers."""


def write_between(page, begin, end, text):
    """Put ``text`` between the markers ``begin`` and ``end`` of the file ``page``; each must be there once."""
    whole = page.read_text(encoding="utf-8")
    if whole.count(begin) != 1 or whole.count(end) != 1:
        raise ValueError(f"{page.name} must hold the markers {begin} and {end} once each")
    before, after = whole.split(begin)[0], whole.split(end)[1]
    page.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8", newline="\n")
