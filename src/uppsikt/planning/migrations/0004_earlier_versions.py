"""Rounds adopted before versions were kept get the version they are, as the round and the event log tell it."""

import json
from typing import Any

from django.db import migrations


def keep_earlier_versions(apps: Any, schema_editor: Any) -> None:
    """Write the version of every adopted round that has none; who adopted it stands in the log."""
    event, round_, version = (
        apps.get_model(app, name)
        for app, name in (("audit", "Event"), ("planning", "Round"), ("planning", "AdoptedVersion"))
    )
    for own in round_.objects.exclude(frozen_hash=""):
        steps = event.objects.filter(verb="change-round-state", target=f"round:{own.key}").order_by("sequence")
        by = [step.actor for step in steps if json.loads(step.payload).get("frozen_hash") == own.frozen_hash]
        facts = {"frozen_hash": own.frozen_hash, "adopted_on": own.adopted_on, "adopted_by": by[-1] if by else ""}
        version.objects.get_or_create(round=own, number=own.version, defaults=facts)


class Migration(migrations.Migration):
    dependencies = [("planning", "0003_corrections"), ("audit", "0004_failed_sign_ins")]

    operations = [migrations.RunPython(keep_earlier_versions, migrations.RunPython.noop)]
