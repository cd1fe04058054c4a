"""What reports keep: outside facts, editions, and the municipality's own statement definitions."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from django.db import models

BUILT = "built"
ADOPTED = "adopted"


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
    decision = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["report_key", "number"]
        constraints = [models.UniqueConstraint(fields=["report_key", "number"], name="edition_number_once")]

    def __str__(self) -> str:
        return f"{self.report_key} {self.number} {self.content_hash[:12]}"

    @property
    def is_adopted(self) -> bool:
        """Whether it is frozen."""
        return self.state == ADOPTED
