"""The register of batches and the municipality's own mapping profiles. The postings lie in Parquet files."""

from __future__ import annotations

from django.db import models


class Batch(models.Model):
    """One imported file, whole. Never edited; a newer batch may replace it, and then it no longer counts."""

    content_hash = models.CharField(max_length=64, unique=True)
    file_name = models.CharField(max_length=255)
    file_hash = models.CharField(max_length=64)
    format = models.CharField(max_length=20)
    sie_type = models.CharField(max_length=4, blank=True)
    profile_name = models.CharField(max_length=100)
    scenario = models.CharField(max_length=100)
    kind = models.CharField(max_length=20)
    company = models.CharField(max_length=200, blank=True)
    company_key = models.CharField(max_length=200, blank=True)  # organisation number, else the name: for overlaps
    row_count = models.BigIntegerField()
    voucher_count = models.BigIntegerField()
    first_period = models.IntegerField()
    last_period = models.IntegerField()
    last_day = models.DateField()
    debit_ore = models.BigIntegerField()
    credit_ore = models.BigIntegerField()
    control = models.JSONField()  # {"202208": [rows, debit_ore, credit_ore]}
    findings = models.JSONField()
    imported_at = models.DateTimeField()
    imported_by = models.CharField(max_length=200)
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaces")
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["first_period", "imported_at", "pk"]
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return f"{self.file_name} {self.content_hash[:12]}"


class MappingProfile(models.Model):
    """How one kind of file is read: the municipality's own, beside the built-in ones."""

    name = models.CharField(max_length=100, unique=True)
    content = models.JSONField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
