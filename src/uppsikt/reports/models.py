"""What reports keep: outside facts, editions, the municipality's own statements, and texts being written."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from django.conf import settings
from django.db import models

from uppsikt.reports.writing.states import SectionState

BUILT = "built"
ADOPTED = "adopted"
LONGEST_DECISION = 200


class OutsideFact(models.Model):
    """A figure from outside the ledger, with its source. `claims` is the address it says something about."""

    key = models.CharField(max_length=100, unique=True)
    label = models.CharField(max_length=300)
    value = models.CharField(max_length=100)  # a decimal with a point, or text ("Öka")
    unit = models.CharField(max_length=30, blank=True)
    decimals = models.PositiveSmallIntegerField(default=0)
    period = models.CharField(max_length=100, blank=True)
    source = models.CharField(max_length=300)
    source_place = models.CharField(max_length=300, blank=True)
    claims_address = models.CharField(max_length=300, null=True, blank=True)

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return f"{self.key} {self.value} {self.unit}".strip()

    @property
    def number(self) -> Decimal | None:
        """The value as a number, where it is one."""
        try:
            number = Decimal(self.value)
        except InvalidOperation:
            return None
        return number if number.is_finite() else None


class LocalStatement(models.Model):
    """A statement definition of the municipality's own (YAML): over the shipped one with the same key."""

    key = models.CharField(max_length=100, unique=True)
    content = models.TextField()

    class Meta:
        ordering = ["key"]

    def __str__(self) -> str:
        return self.key


class ReportEdition(models.Model):
    """A report as built once, named by its content. Adopted editions are frozen; corrections are new versions."""

    report_key = models.CharField(max_length=100)
    title = models.CharField(max_length=300)
    round_key = models.CharField(max_length=100)
    unit = models.CharField(max_length=50, blank=True)
    content_hash = models.CharField(max_length=64, unique=True)
    number = models.PositiveIntegerField()  # 1, 2, 3 … within the report
    state = models.CharField(max_length=10, default=BUILT, choices=[(BUILT, BUILT), (ADOPTED, ADOPTED)])
    files = models.JSONField()  # {"rapport.pdf": {"sha256": …, "bytes": …}}
    metadata = models.JSONField()
    findings = models.JSONField()
    changes = models.JSONField()  # against the latest adopted edition, [] for the first
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    built_at = models.DateTimeField()
    built_by = models.CharField(max_length=200)
    adopted_on = models.DateField(null=True)
    adopted_by = models.CharField(max_length=200, blank=True)
    decision = models.CharField(max_length=LONGEST_DECISION, blank=True)
    shows = models.JSONField(default=None, null=True)  # units whose figures stand in it; null: nobody has asked
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["report_key", "number"]
        constraints = [models.UniqueConstraint(fields=["report_key", "number"], name="edition_number_once")]

    def __str__(self) -> str:
        return f"{self.report_key} {self.number} {self.content_hash[:12]}"

    @property
    def is_adopted(self) -> bool:
        """Whether it is frozen."""
        return self.state == ADOPTED


class TextContent(models.Model):
    """A text that was saved once, by its hash: two versions with the same text share it."""

    content_hash = models.CharField(max_length=64, primary_key=True)
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.content_hash[:12]


class Section(models.Model):
    """A section of a report's texts, or its recipe. `number` is its latest version; dropped, it keeps its history."""

    report_key = models.CharField(max_length=100)
    key = models.CharField(max_length=100)
    part = models.CharField(max_length=200)  # the file it stands in when texts are laid out
    position = models.PositiveIntegerField()  # within the report
    title = models.CharField(max_length=300)
    state = models.CharField(
        max_length=20,
        default=SectionState.NOT_STARTED.value,
        choices=[(state.value, state.value) for state in SectionState],
    )
    number = models.PositiveIntegerField(default=0)
    responsible = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    due_on = models.DateField(null=True)
    is_dropped = models.BooleanField(default=False)

    class Meta:
        ordering = ["report_key", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["report_key", "key"], name="section_key_once")]

    def __str__(self) -> str:
        return f"{self.report_key}/{self.key}"


class SectionVersion(models.Model):
    """A section's text as saved once. Never changed: what is brought back is a new version."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.ForeignKey(TextContent, on_delete=models.PROTECT, related_name="+")
    origin = models.CharField(max_length=20)  # written, file, restored
    restores = models.PositiveIntegerField(null=True)
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["section", "number"]
        constraints = [models.UniqueConstraint(fields=["section", "number"], name="section_version_once")]

    def __str__(self) -> str:
        return f"{self.section} {self.number}"


class SectionDraft(models.Model):
    """What somebody has typed and not saved: theirs alone, gone when they save. They began from `seen_number`."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="drafts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["section", "user"], name="section_draft_once")]

    def __str__(self) -> str:
        return f"{self.section} {self.user_id}"


class SectionComment(models.Model):
    """A remark on a section while it is written: working material, never part of an edition or a frozen round."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="comments")
    number = models.PositiveIntegerField()  # the version it was written about
    text = models.TextField()
    author = models.CharField(max_length=200)
    written_at = models.DateTimeField()
    settled_by = models.CharField(max_length=200, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return f"{self.section} {self.author}"
