"""What the pictures of the style show, in both languages; every name and number is invented."""

from __future__ import annotations

from checkpoint_app.domain.words import VerdictState
from checkpoint_app.ui.panel_text import CheckLine, Key, Notice, PanelText

V = VerdictState
LANGUAGES = ("zh", "en")

VERDICTS = {
    ("zh", V.PASS): PanelText(
        V.PASS,
        "可放行",
        "2 人全部查完·核酸 36 小时前 阴性",
        checks=(
            CheckLine("check", "健康码 绿·扫码"),
            CheckLine("check", "核酸报告·验签"),
            CheckLine("check", "场所码·扫码"),
            CheckLine("check", "体温 36.5 / 36.7"),
        ),
        evidence_label="最弱核验",
        evidence="扫码",
        evidence_icon="qrcode",
        stale="名单 26 小时未更新",
    ),
    ("zh", V.NOT_YET): PanelText(
        V.NOT_YET,
        "未查完",
        "还差 1 人：第 3 人健康码、体温",
        "2/3",
        (
            CheckLine("circle-dashed", "第 3 人 健康码 未扫"),
            CheckLine("check", "第 1、2 人 已查完"),
            CheckLine("circle-dashed", "第 3 人 体温 未测"),
            CheckLine("check", "车牌不在关注名单"),
        ),
        ("现在：扫第 3 人的码，或按", Key("*"), "报身份证号"),
    ),
    ("zh", V.REFER): PanelText(
        V.REFER,
        "需核实",
        "车牌与通行证不符：证上 豫B·6K278",
        "",
        (
            CheckLine("help-hexagon", "车牌差 1 位：1 ≠ 7"),
            CheckLine("check", "通行证 验签 有效期内"),
            CheckLine("help-hexagon", "可能录错，先核对实车"),
            CheckLine("check", "2 人 已查完"),
        ),
        ("现在：看实车车牌，录错按", Key("/"), "改；仍不符按", Key("F8")),
    ),
    ("zh", V.STOP): PanelText(
        V.STOP,
        "拦停",
        "通行证已注销（石桥镇交通组，11-20）",
        "",
        (
            CheckLine("x", "通行证 4101-22-0318·验签"),
            CheckLine("check", "体温 36.6"),
            CheckLine("check", "健康码 绿·扫码"),
            CheckLine("phone-call", "带班 王* 138****5678"),
        ),
        ("现在：", Key("F3"), "劝返，", Key("F4"), "移交，或", Key("F8"), "请带班到车道"),
        clock=("已停", "0:14"),
    ),
    ("en", V.PASS): PanelText(
        V.PASS,
        "PASS",
        "Both checked·test 36 h ago, negative",
        checks=(
            CheckLine("check", "Health code green·scanned"),
            CheckLine("check", "Test report·verified"),
            CheckLine("check", "Venue code·scanned"),
            CheckLine("check", "Temp. 36.5 / 36.7"),
        ),
        evidence_label="Weakest evidence",
        evidence="Scanned",
        evidence_icon="qrcode",
        stale="Lists not updated for 26 h",
    ),
    ("en", V.NOT_YET): PanelText(
        V.NOT_YET,
        "NOT YET",
        "1 person left: health code and temperature of no. 3",
        "2/3",
        (
            CheckLine("circle-dashed", "No. 3 code not scanned"),
            CheckLine("check", "No. 1, 2 checked"),
            CheckLine("circle-dashed", "No. 3 not measured"),
            CheckLine("check", "Plate on no watch list"),
        ),
        ("Now: scan the code of person 3, or press ", Key("*"), " for the ID number"),
    ),
    ("en", V.REFER): PanelText(
        V.REFER,
        "REFER",
        "Plate differs from the pass: it says 豫B·6K278",
        "",
        (
            CheckLine("help-hexagon", "1 character differs: 1 ≠ 7"),
            CheckLine("check", "Pass verified, in force"),
        ),
        ("Now: look at the plate; typed wrong, press ", Key("/"), "; still different ", Key("F8")),
    ),
    ("en", V.STOP): PanelText(
        V.STOP,
        "STOP",
        "Pass withdrawn (Shiqiao traffic group, 11-20)",
        "",
        (CheckLine("x", "Pass 4101-22-0318·verified"), CheckLine("check", "Temp. 36.6")),
        ("Now: ", Key("F3"), " turn back, ", Key("F4"), " hand over, or ", Key("F8"), " fetch the lead"),
        clock=("Stopped", "0:14"),
    ),
}

NOTICES = (
    PanelText(Notice.WAITING, "等下一辆", "上一辆 豫A·D12345 放行"),
    PanelText(
        Notice.SAVED, "已放行，已存", "12:31:10·第 241,874 号", now=(Key("Esc"), " 按住撤销（留更正记录）")
    ),
    PanelText(
        Notice.TROUBLE,
        "摄像头断开 0:21",
        "扫描枪和手工录入照常，记录照存",
        now=("现在：查 USB 插头，插好会自己恢复",),
    ),
    PanelText(
        Notice.ALARM,
        "没有存上：磁盘已满",
        "本辆没有记入台账，以前的都在",
        now=("现在：本辆记纸质表，按", Key("F8"), "叫带班换盘"),
    ),
    PanelText(
        Notice.STALE, "规则过期 8 小时", "仍按 v12 判定，每条记录都注明", now=("现在：请带班导入新规则",)
    ),
    PanelText(Notice.WAITING, "Next vehicle", "Last: 豫A·D12345 released"),
    PanelText(
        Notice.SAVED,
        "Released, saved",
        "12:31:10·no. 241,874",
        now=("Hold ", Key("Esc"), " to undo (leaves a correction)"),
    ),
    PanelText(
        Notice.TROUBLE,
        "Camera gone 0:21",
        "Scanner and typing work, records are saved",
        now=("Now: check the USB plug; it comes back by itself",),
    ),
    PanelText(
        Notice.ALARM,
        "Not saved: the disk is full",
        "This vehicle is not in the ledger, all before it is",
        now=("Now: use the paper form, ", Key("F8"), " calls the lead"),
    ),
    PanelText(
        Notice.STALE,
        "Rules expired 8 h ago",
        "Still judged by v12, every record says so",
        now=("Now: ask the lead to import new rules",),
    ),
)
