"""Words for the records page: corrections, sheets of paper and files that leave the ledger."""

from __future__ import annotations

from collections.abc import Mapping

from checkpoint_app.i18n import N_
from checkpoint_app.ui.message_table import Words

RECORDS: Mapping[str, Words] = {
    "AmendReasonNeeded": Words(
        N_("A reason is needed"), N_("Without one nothing is corrected"), N_("type why, or a number")
    ),
    "NothingChanged": Words(
        N_("Nothing was changed"), N_("The values are those that stand there"), N_("correct one, or [Esc]")
    ),
    "CrossingVoid": Words(
        N_("This record is void already"), N_("Nothing of it is corrected"), N_("record the vehicle again")
    ),
    "CrossingAhead": Words(
        N_("The record lies in the future"),
        N_("The clock was wrong; it stays as it is"),
        N_("have the lead confirm the time first"),
    ),
    "CrossingElsewhere": Words(
        N_("Desk {desk} wrote this record"),
        N_("Only that desk corrects it; nothing was written"),
        N_("have it corrected there; it comes with the next bundle"),
    ),
    "NobodyCalled": Words(
        N_("No such desk or station"),
        N_("Entries here are of: {known}"),
        N_("name one of them"),
    ),
    "CrossingForgotten": Words(
        N_("Its personal part is erased"),
        N_("A correction would bring it back"),
        N_("make it void if it must not count"),
    ),
    "CrossingAbsent": Words(N_("This record is not here"), N_("Nothing was written"), N_("search again")),
    "FileNotWritten": Words(
        N_("The file could not be written: {path}"),
        N_("No part of it was left ({why})"),
        N_("choose another folder"),
    ),
    "PaperNotWritten": Words(
        N_("The sheet could not be made: {path}"),
        N_("Nothing was printed ({why})"),
        N_("make room on the disk, then [F5]"),
    ),
    "NoPrinter": Words(
        N_("No printer on this computer"),
        N_("Kept in the data folder: {file}"),
        N_("print it elsewhere, or set one up"),
    ),
    "PrintRefused": Words(
        N_("The printer did not take the sheet"),
        N_("Kept in the data folder: {file} ({why})"),
        N_("look at the printer, then [F5]"),
    ),
}
