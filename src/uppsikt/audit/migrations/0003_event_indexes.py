from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('audit', '0002_rounds'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['verb', 'sequence'], name='event_by_verb'),
        ),
        migrations.AddIndex(
            model_name='event',
            index=models.Index(fields=['at'], name='event_by_time'),
        ),
    ]
