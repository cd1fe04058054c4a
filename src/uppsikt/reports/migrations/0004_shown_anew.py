"""What editions show was told too narrowly: figures in headings, and beside words in cells, were left out."""

from typing import Any

from django.db import migrations


def forget(apps: Any, schema_editor: Any) -> None:
    """Until its content is built again nobody knows what an edition shows, and it counts as showing everything."""
    apps.get_model("reports", "ReportEdition").objects.update(shows=None)


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_reading_editions")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
