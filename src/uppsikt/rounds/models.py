"""People's work in a round as stored: who takes part, what they type, explain and say.

What is typed is working material until the unit hands it in; then it is a forecast (`planning.models`),
and only that is money. Comments are working material for ever: no adopted round holds them.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from uppsikt.planning.models import CODE_LENGTH, TEXT_LENGTH, Round
from uppsikt.rounds.states import WorkState

NAME_LENGTH = 200


class RoundSetup(models.Model):
    """How a round is run: deadlines of its steps after the units' own, and what asks for an explanation.

    A deviation (forecast − budget) of an account group is explained where it is at least `threshold_ore` and at
    least `threshold_permille` of the group's budget, whichever way it goes.
    """

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="setup")
    opens_on = models.DateField()
    review_by = models.DateField()
    adopt_by = models.DateField()
    threshold_ore = models.BigIntegerField()
    threshold_permille = models.PositiveIntegerField()
    report_key = models.CharField(max_length=100, blank=True)  # the template of the round's report

    def __str__(self) -> str:
        return str(self.round)


class Participant(models.Model):
    """A unit that takes part in a round, and how far it has come. `excused` is why it needn't."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="participants")
    unit = models.CharField(max_length=CODE_LENGTH)
    state = models.CharField(max_length=20, default=WorkState.NOT_STARTED.value)
    excused = models.CharField(max_length=TEXT_LENGTH, blank=True)
    message = models.TextField(blank=True)  # what was said when it was last returned
    changed_at = models.DateTimeField(null=True)
    changed_by = models.CharField(max_length=NAME_LENGTH, blank=True)

    class Meta:
        ordering = ["round", "unit"]
        constraints = [
            models.UniqueConstraint(fields=["round", "unit"], name="rounds_participant_once"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in WorkState]), name="rounds_participant_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.unit} {self.state}"


class Question(models.Model):
    """Something every unit of the round is asked, in words."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="questions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=TEXT_LENGTH)
    is_required = models.BooleanField(default=True)

    class Meta:
        ordering = ["round", "number"]
        constraints = [models.UniqueConstraint(fields=["round", "number"], name="rounds_question_number_once")]

    def __str__(self) -> str:
        return f"{self.round} {self.number}"


class Versioned(models.Model):
    """Something several people may write at once: whoever saves says which version they saw."""

    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=NAME_LENGTH)

    class Meta:
        abstract = True


class Answer(Versioned):
    """A unit's answer to a question."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    unit = models.CharField(max_length=CODE_LENGTH)
    text = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "unit"], name="rounds_answer_once")]

    def __str__(self) -> str:
        return f"{self.question} {self.unit}"


class Cell(Versioned):
    """A figure being worked on: a unit's account group in a month (yyyymm) or, with period 0, the full year.

    None is an emptied cell: its version is kept, so that an old page can't fill it unseen.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="cells")
    unit = models.CharField(max_length=CODE_LENGTH)
    account = models.CharField(max_length=CODE_LENGTH)
    period = models.IntegerField()
    amount_ore = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["round", "unit", "account", "period"]
        constraints = [
            models.UniqueConstraint(fields=["round", "unit", "account", "period"], name="rounds_cell_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.unit} {self.account} {self.period}"


class Explanation(Versioned):
    """Why an account group deviates, what is done about it, its effect in öre this year, who does it and when."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="explanations")
    unit = models.CharField(max_length=CODE_LENGTH)
    account = models.CharField(max_length=CODE_LENGTH)
    cause = models.TextField(blank=True)
    measure = models.TextField(blank=True)
    effect_ore = models.BigIntegerField(null=True)
    responsible = models.CharField(max_length=NAME_LENGTH, blank=True)
    due_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "unit", "account"], name="rounds_explanation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.unit} {self.account}"


class Comment(models.Model):
    """A word in a thread: on a cell, on an account group (period 0) or on the unit's whole work (account "")."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="comments")
    unit = models.CharField(max_length=CODE_LENGTH)
    account = models.CharField(max_length=CODE_LENGTH, blank=True)
    period = models.IntegerField(default=0)
    text = models.TextField()
    author = models.CharField(max_length=NAME_LENGTH)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=NAME_LENGTH, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.round} {self.unit} {self.author}"


class Reminder(models.Model):
    """A mail that was sent, so that it isn't sent again the same day."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="reminders")
    step = models.CharField(max_length=20)
    recipient = models.CharField(max_length=NAME_LENGTH)
    sent_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "step", "recipient", "sent_on"], name="rounds_reminder_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.step} {self.recipient} {self.sent_on}"
