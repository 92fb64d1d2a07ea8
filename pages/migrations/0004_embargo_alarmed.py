from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pages', '0003_draft_previews'),
    ]

    operations = [
        migrations.AlterField(
            model_name='embargo',
            name='alarmed',
            field=models.CharField(blank=True, choices=[('day', 'A day before'), ('hour', 'An hour before'), ('moment', 'At the moment'), ('shut', 'After it')], help_text='Which alarm was sent last.', max_length=8),
        ),
    ]
