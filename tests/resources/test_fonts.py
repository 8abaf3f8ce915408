"""The two font files: one character set, every character an official name may hold, even digits."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from checkpoint_app.config import resource

NAMES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
RARE_IN_NAMES = "䶮㛃𬭊喆玥龘"
SIGNS = "●◐○①②⑩⑳→↑↓≠℃−·•…“”（），：；？"
NOT_IN_THE_FACE = {"≒"}
# The standard characters of 2013 that GBK has no code for; the other 7,829 are in GBK.
STANDARD_OUTSIDE_GBK = (
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖"
    "䏝䏡䏲䐃䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮鿍鿎鿏𠅤𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉"
    "𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌𪟝𪣻𪤗𪨰𪨶𪩘𪾢𫄧𫄨𫄷𫄸𫇭𫌀𫍣𫍯𫍲𫍽𫐄𫐐𫐓𫑡𫓧"
    "𫓯𫓶𫓹𫔍𫔎𫔶𫖮𫖯𫖳𫗧𫗴𫘜𫘝𫘦𫘧𫘨𫘪𫘬𫚕𫚖𫚭𫛭𫞩𫟅𫟦𫟹𫟼𫠆𫠊𫠜𫢸𫫇𫭟𫭢𫭼𫮃𫰛𫵷𫶇𫷷𫸩𬀩𬀪𬂩𬃊𬇕"
    "𬇙𬇹𬉼𬊈𬊤𬌗𬍛𬍡𬍤𬒈𬒔𬒗𬕂𬘓𬘘𬘡𬘩𬘫𬘬𬘭𬘯𬙂𬙊𬙋𬜬𬜯𬞟𬟁𬟽𬣙𬣞𬣡𬣳𬤇𬤊𬤝𬨂𬨎𬩽𬪩𬬩𬬭𬬮𬬱𬬸𬬹"
    "𬬻𬬿𬭁𬭊𬭎𬭚𬭛𬭤𬭩𬭬𬭯𬭳𬭶𬭸𬭼𬮱𬮿𬯀𬯎𬱖𬱟𬳵𬳶𬳽𬳿𬴂𬴃𬴊𬶋𬶍𬶏𬶐𬶟𬶠𬶨𬶭𬶮𬷕𬸘𬸚𬸣𬸦𬸪𬹼𬺈𬺓"
)


@pytest.fixture(scope="module", params=NAMES)
def font(request: pytest.FixtureRequest) -> TTFont:
    return TTFont(resource(f"fonts/{request.param}"))


def gbk() -> set[str]:
    pairs = (bytes((lead, trail)) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF))
    return {text for pair in pairs if len(text := pair.decode("gbk", "ignore")) == 1 and ord(text) > 0x7F}


def test_both_weights_hold_the_same_characters() -> None:
    regular, bold = (set(TTFont(resource(f"fonts/{name}")).getBestCmap()) for name in NAMES)
    assert regular == bold
    assert len(regular) > 22_000


def test_every_character_of_gbk_is_there(font: TTFont) -> None:
    assert len(gbk()) > 21_700
    assert gbk() - set(map(chr, font.getBestCmap())) == NOT_IN_THE_FACE


def test_every_standard_character_is_there(font: TTFont) -> None:
    assert len(set(STANDARD_OUTSIDE_GBK)) == 276
    assert not set(STANDARD_OUTSIDE_GBK) - set(map(chr, font.getBestCmap()))


def test_rare_name_characters_signs_and_latin_are_there(font: TTFont) -> None:
    latin = set(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)]))
    assert not (set(RARE_IN_NAMES) | set(SIGNS) | latin) - set(map(chr, font.getBestCmap()))


def test_signs_that_must_be_icons_are_not_there(font: TTFont) -> None:
    assert not set("✔✕⌫") & set(map(chr, font.getBestCmap()))


def test_all_digits_have_one_advance(font: TTFont) -> None:
    names = font.getBestCmap()
    advances = {font["hmtx"][names[ord(digit)]][0] for digit in "0123456789"}
    assert len(advances) == 1


def test_the_files_are_static_outlines_of_bearable_size(font: TTFont) -> None:
    assert "glyf" in font
    assert "fvar" not in font
    assert Path(font.reader.file.name).stat().st_size < 8_000_000
