"""Divisions are found by letters, characters and codes, also those that are no more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain.divisions import MOST, Divisions, fold, read_divisions
from checkpoint_app.domain.identity import PROVINCE_CODES
from checkpoint_app.domain.initials import MOST as MOST_WAYS
from checkpoint_app.services.places import all_divisions, all_initials


@pytest.fixture(scope="module")
def country() -> Divisions:
    return all_divisions()


# What a person types, in which province, and which place must be among the first three.
TYPED = """
hnzz 豫 河南省郑州市
zz 豫 河南省郑州市
zzs 豫 河南省郑州市
zhengzhou 鲁 河南省郑州市
ZhengZhou 豫 河南省郑州市
hnzzzm 豫 河南省郑州市中牟县
zhongmu 豫 河南省郑州市中牟县
中牟 豫 河南省郑州市中牟县
河南郑州 豫 河南省郑州市
410122 豫 河南省郑州市中牟县
bj 豫 北京市
nmg 豫 内蒙古自治区
xg 豫 香港特别行政区
cq 渝 重庆市
chongqing 豫 重庆市
xm 闽 福建省厦门市
xiamen 豫 福建省厦门市
bb 皖 安徽省蚌埠市
bengbu 豫 安徽省蚌埠市
la 皖 安徽省六安市
luan 皖 安徽省六安市
lh 苏 江苏省南京市六合区
yueqing 豫 浙江省温州市乐清市
laoting 豫 河北省唐山市乐亭县
panyu 豫 广东省广州市番禺区
donge 豫 山东省聊城市东阿县
shanxian 豫 山东省菏泽市单县
hongtong 豫 山西省临汾市洪洞县
xunxian 豫 河南省鹤壁市浚县
mianchi 豫 河南省三门峡市渑池县
weishi 豫 河南省开封市尉氏县
yuli 新 新疆维吾尔自治区巴音郭楞蒙古自治州尉犁县
bozhou 豫 安徽省亳州市
taizhou 浙 浙江省台州市
dabu 豫 广东省梅州市大埔县
wubu 豫 陕西省榆林市吴堡县
zhangzi 豫 山西省长治市长子县
changzhi 豫 山西省长治市
qianwei 豫 四川省乐山市犍为县
yuxian 冀 河北省张家口市蔚县
guoyang 豫 安徽省亳州市涡阳县
lvliang 豫 山西省吕梁市
"""


@pytest.mark.parametrize("row", TYPED.split("\n")[1:-1])
def test_a_place_is_among_the_first_three_by_the_reading_it_really_has(country: Divisions, row: str) -> None:
    text, province, wanted = row.split()
    assert wanted in [division.path for division in country.find(text, province=province)[:3]]


@pytest.mark.parametrize("text", ["zhongqing", "liuan", "fangyu", "shamen", "wochang"])
def test_a_reading_that_the_characters_have_elsewhere_finds_no_such_place(
    country: Divisions, text: str
) -> None:
    wrong = {"重庆市", "六安市", "番禺区", "厦门市", "涡阳县"}
    assert not wrong & {division.name for division in country.find(text)}


def test_the_own_province_comes_first(country: Divisions) -> None:
    first = {province: country.find("xx", province=province)[0].path for province in "豫湘晋"}
    assert first["豫"].startswith("河南省")
    assert first["湘"].startswith("湖南省")
    assert first["豫"] != country.find("xx", province="湘")[0].path


def test_what_is_no_more_comes_last_and_says_when(country: Divisions) -> None:
    found = country.find("宣武")
    assert [(each.path, each.old, each.until) for each in found] == [("北京市宣武区", True, 2009)]
    both = country.find("中牟", province="豫")
    assert [each.old for each in both] == sorted(each.old for each in both)


@pytest.mark.parametrize(
    ("code", "year", "path"),
    [
        ("410122", None, "河南省郑州市中牟县"),
        ("412828", None, "河南省驻马店地区新蔡县"),
        ("510202", 1990, "四川省重庆市市中区"),
        ("110104", None, "北京市宣武区"),
        ("440524", 1985, "广东省汕头市"),
        ("330382", 2023, "浙江省温州市乐清市"),
    ],
)
def test_a_code_means_what_it_meant_in_its_year(
    country: Divisions, code: str, year: int | None, path: str
) -> None:
    found = country.of_code(code, on=year)
    assert found is not None
    assert found.path.startswith(path)


def test_a_renamed_division_keeps_both_names(country: Divisions) -> None:
    then, now = country.of_code("341500", on=2005), country.of_code("420600")
    assert then is not None
    assert now is not None
    before = country.of_code("420600", on=2005)
    assert before is not None
    assert (before.name, now.name) == ("襄樊市", "襄阳市")


@pytest.mark.parametrize(
    ("number", "path"),
    [
        ("11010519491231002X", "北京市朝阳区"),
        ("440524188001010014", "广东省"),
        ("412828199001011234", "河南省驻马店地区新蔡县"),
        ("110105491231002", "北京市朝阳区"),
        ("419999199001011234", "河南省"),
    ],
)
def test_a_number_tells_where_its_bearer_was_first_registered(
    country: Divisions, number: str, path: str
) -> None:
    found = country.of_document(number)
    assert found is not None
    assert found.path.startswith(path)


@pytest.mark.parametrize(
    "number", ["", "E12345678", "1101051949123100", "911010519491231002", "ABCDEF900101123"]
)
def test_other_documents_tell_no_place(country: Divisions, number: str) -> None:
    assert country.of_document(number) is None


def test_every_province_and_every_line_is_there(country: Divisions) -> None:
    assert len(country) > 6_500
    known = {code for code in PROVINCE_CODES - {"83"} if country.of_code(code + "0000")}
    assert known == PROVINCE_CODES - {"83"}


@given(st.text(max_size=80))
def test_nothing_that_is_typed_raises_and_no_more_than_nine_are_found(text: str) -> None:
    found = all_divisions().find(text, province="豫")
    assert len(found) <= MOST
    assert len({each.path for each in found}) == len(found)
    if text.isascii() and text.isalpha():
        assert found == all_divisions().find(text.upper(), province="豫")


def test_letters_are_folded_before_they_are_compared() -> None:
    assert fold(" ＺＺ’ü ") == "zzv"


def test_a_line_of_another_form_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="unpack"):
        read_divisions("410100\t郑州 市\n")


# Initials of names

NAMES = """
张三 zs
单雄信 sxx
解缙 xj
仇英 qy
曾国藩 zgf
区寄 oj
查良镛 zly
翟志刚 zzg
欧阳修 oyx
尉迟恭 ycg
单于夫 cyf
万俟卨 mqx
乐毅 yy
重阳 cy
李长安 lca
李长子 lzz
阿依古丽·买买提 ayglmmt
O'Brien obrien
"""


@pytest.mark.parametrize("row", NAMES.split("\n")[1:-1])
def test_a_name_is_typed_by_its_first_letters(row: str) -> None:
    name, letters = row.split()
    assert letters in all_initials().of_name(name)


def test_a_name_with_two_readings_is_found_under_both() -> None:
    assert {"sxx", "dxx"} <= set(all_initials().of_name("单雄信"))
    assert {"lc", "lz"} <= set(all_initials().of_name("李长"))


@given(st.text(max_size=40))
def test_any_name_has_some_ways_at_most(name: str) -> None:
    assert len(all_initials().of_name(name)) <= MOST_WAYS
