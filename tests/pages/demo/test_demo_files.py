"""The demo's PDFs are what readers of PDFs expect."""

import re

import pytest

from pages.demo.files import FILES, NOTICE, pdf


@pytest.mark.parametrize("name", FILES)
def test_every_object_is_where_the_table_says(name):
    title, paragraphs = FILES[name]
    file = pdf(title, [[NOTICE], paragraphs])

    assert file.startswith(b"%PDF-1.7\n")
    assert file.endswith(b"%%EOF\n")
    start = int(file.split(b"\n")[-3])
    header, *entries = file[start:].partition(b"trailer")[0].split(b"\n")[1:-1]
    assert header == b"0 %d" % len(entries)
    assert len(entries) == 9
    for number, entry in enumerate(entries[1:], start=1):
        offset = int(entry[:10])
        assert file[offset:].startswith(b"%d 0 obj\n" % number)


@pytest.mark.parametrize("name", FILES)
def test_the_length_of_every_page_is_right(name):
    title, paragraphs = FILES[name]
    file = pdf(title, [[NOTICE], paragraphs])

    streams = re.findall(rb"/Length (\d+) >>\nstream\n(.*?)\nendstream", file, re.DOTALL)
    assert len(streams) == 2
    for length, content in streams:
        assert int(length) == len(content)


def test_the_title_keeps_its_typography():
    title = "‘Sanctuary’ – § 1373"
    file = pdf(title, [["(Words) with a \\ in them."]])
    (named,) = re.findall(rb"/Title <([0-9a-f]+)>", file)
    assert bytes.fromhex(named.decode()).decode("utf-16") == title
    assert title.encode("cp1252") in file
    assert rb"(\(Words\) with a \\ in them.)" in file
