import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0001_initial'),
        ('access', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='MunicipalChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('key', models.CharField(max_length=80, verbose_name='setting')),
                ('value', models.CharField(max_length=60, verbose_name='choice')),
                ('decided_on', models.DateField(verbose_name='decided')),
                ('reason', models.TextField(max_length=2000, verbose_name='reason')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='access.municipality')),
            ],
            options={
                'verbose_name': "municipality's choice",
                'verbose_name_plural': "municipality's choices",
                'indexes': [models.Index(fields=['municipality', 'key', '-id'], name='lawbook_choice_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('key', ''), _negated=True)), name='lawbook_choice_has_its_reason')],
            },
        ),
    ]
