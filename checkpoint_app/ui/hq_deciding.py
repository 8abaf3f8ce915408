"""The work of headquarters' two forms: a fork decided for a reason, a directive published."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from checkpoint_app.domain.datasets import DataSet
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.i18n import _
from checkpoint_app.storage.forks import ForkRow
from checkpoint_app.storage.settling import Settled
from checkpoint_app.ui import messages
from checkpoint_app.ui.exchange_files import FileChoice
from checkpoint_app.ui.exchange_text import entries, set_name
from checkpoint_app.ui.hq_forms import PublishForm, SettleForm
from checkpoint_app.ui.hq_work import HqWork
from checkpoint_app.ui.tasks import Tasks


class HqDeciding:
    """`opened(form)` shows a form, `done(words)` is called when something was written; words say what."""

    def __init__(
        self,
        work: HqWork,
        tasks: Tasks,
        *,
        choice: FileChoice,
        opened: Callable[[QWidget], None],
        done: Callable[[str], None],
    ) -> None:
        self._work, self._tasks, self._choice = work, tasks, choice
        self._opened, self._done = opened, done
        self.settling, self.publishing = SettleForm(), PublishForm()
        self.form: SettleForm | PublishForm | None = None
        self.writing = False
        self.publishing.file.clicked.connect(self.choose)

    def decide(self, fork: ForkRow, *, name: str) -> None:
        self.settling.show_fork(fork, name=name, now=self._work.desk.ledger.now())
        self._open(self.settling, first=self.settling.back if fork.ours else self.settling.choice)

    def publish(self) -> None:
        self.publishing.begin()
        self._open(self.publishing, first=self.publishing.kind)

    def put_away(self) -> None:
        self.form = None

    def main(self) -> None:
        """F1 of the form that is open."""
        if self.writing:
            return
        if self.form is self.settling:
            self._settle()
        elif self.form is self.publishing:
            self._publish()

    def choose(self) -> None:
        """F3: the content from a file."""
        if self.form is self.publishing:
            self._choice.text(self.take_file)

    def take_file(self, path: Path) -> None:
        self._tasks.run(
            partial(self._work.read_content, path),
            then=self.publishing.content.setPlainText,
            failed=self._failed,
        )

    def _open(self, form: SettleForm | PublishForm, *, first: QWidget) -> None:
        self.form = form
        self._opened(form)
        first.setFocus()

    def _settle(self) -> None:
        form, fork = self.settling, self.settling.fork
        if fork is None or fork.ours:
            return
        if not form.trusted:
            form.say(_("Choose the history that counts first"))
            form.choice.setFocus()
        elif not form.why:
            form.say(_("Write why: the decision stands in the ledger"))
            form.reason.edit.setFocus()
        else:
            by = self._work.desk.by
            self._write(partial(self._work.settle, fork, form.trusted, form.why, by=by), self._settled)

    def _publish(self) -> None:
        form, desk = self.publishing, self._work.desk
        until = form.until(desk.ledger.now())
        if form.days.value.strip() and until is None:
            form.say(_("Days are a whole number, or nothing"))
            form.days.edit.setFocus()
            return
        work = partial(
            self._work.publish,
            form.told_name,
            form.told_kind,
            form.content.toPlainText(),
            until=until,
            number=form.number.value,
            by=desk.by,
        )
        self._write(work, self._published)

    def _write(self, work: Callable[[], object], then: Callable[..., None]) -> None:
        self.writing = True
        self._tasks.run_long(work, then=then, failed=self._failed)

    def _settled(self, done: Settled) -> None:
        told = _("Decided: {count} count now, the other history is kept aside")
        self._over(told.format(count=entries(done.revealed)))

    def _published(self, data: DataSet) -> None:
        told = _("Published: {name} v{version}. It goes down with the next bundle")
        self._over(told.format(name=set_name(data.name), version=data.version))

    def _over(self, words: str) -> None:
        self.writing, self.form = False, None
        self._done(words)

    def _failed(self, error: CheckpointError) -> None:
        self.writing = False
        if self.form is not None:
            self.form.say(messages.words_for(error).plain)
