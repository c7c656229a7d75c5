import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('access', '0001_initial'),
        ('access', '__first__'),
        ('cases', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('made_at', models.DateTimeField(verbose_name='made')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='last asked for')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='calendar_feed', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'calendar link',
                'verbose_name_plural': 'calendar links',
            },
        ),
        migrations.CreateModel(
            name='DigestSubscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateTimeField(auto_now_add=True)),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'daily mail',
                'verbose_name_plural': 'daily mails',
            },
        ),
        migrations.CreateModel(
            name='AlertOutcome',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('closed_on', models.DateField()),
                ('outcome', models.CharField(choices=[('acted', 'Acted on'), ('snoozed', 'Put off'), ('ignored', 'Ignored')], max_length=8)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit')),
            ],
            options={
                'verbose_name': 'outcome of an alert',
                'verbose_name_plural': 'outcomes of alerts',
                'indexes': [models.Index(fields=['unit', 'closed_on'], name='deadlines_outcome_of_unit')],
            },
        ),
        migrations.CreateModel(
            name='Deadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('kind', models.CharField(max_length=40, verbose_name='kind')),
                ('object_key', models.CharField(max_length=64)),
                ('due_on', models.DateField(verbose_name='due')),
                ('due_at', models.DateTimeField(blank=True, null=True, verbose_name='due at')),
                ('warn_from', models.DateField(verbose_name='first warning')),
                ('now_from', models.DateField(verbose_name='last warning')),
                ('weekly_cost_dkk', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='cost per week')),
                ('params', models.JSONField(default=dict, verbose_name='facts of its text')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='closed')),
                ('acknowledged_at', models.DateTimeField(blank=True, null=True, verbose_name='acknowledged')),
                ('acknowledged_until', models.DateField(blank=True, null=True, verbose_name='asks again')),
                ('snoozed_until', models.DateField(blank=True, null=True, verbose_name='put off until')),
                ('snooze_reason', models.CharField(blank=True, max_length=200, verbose_name='reason')),
                ('given_at', models.DateTimeField(blank=True, null=True, verbose_name='given')),
                ('given_reason', models.CharField(blank=True, db_default='', max_length=200, verbose_name='reason')),
                ('times_acknowledged', models.PositiveSmallIntegerField(db_default=0, default=0)),
                ('times_snoozed', models.PositiveSmallIntegerField(db_default=0, default=0)),
                ('acknowledged_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='cases.case')),
                ('given_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('given_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.municipality')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('snoozed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='access.unit')),
            ],
            options={
                'verbose_name': 'deadline',
                'verbose_name_plural': 'deadlines',
                'indexes': [models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['kind', 'object_key'], name='deadlines_open_by_kind'), models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['unit', 'due_on'], name='deadlines_open_by_unit'), models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['person', 'due_on'], name='deadlines_open_by_person'), models.Index(condition=models.Q(('closed_at__isnull', True), ('given_to__isnull', False)), fields=['given_to', 'due_on'], name='deadlines_open_by_given'), models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['case', 'due_on'], name='deadlines_open_by_case')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'object_key'), name='deadlines_deadline_one_per_object'), models.CheckConstraint(condition=models.Q(('warn_from__lte', models.F('now_from')), ('now_from__lte', models.F('due_on'))), name='deadlines_deadline_warnings_in_order'), models.CheckConstraint(condition=models.Q(('acknowledged_at__isnull', True), ('acknowledged_by__isnull', False), _connector='OR'), name='deadlines_deadline_acknowledged_by_somebody'), models.CheckConstraint(condition=models.Q(('snoozed_until__isnull', True), models.Q(('snooze_reason', ''), _negated=True), _connector='OR'), name='deadlines_deadline_snooze_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('given_by__isnull', True), ('given_reason', ''), ('given_to__isnull', True)), models.Q(('given_by__isnull', False), ('given_to__isnull', False), models.Q(('given_reason', ''), _negated=True)), _connector='OR'), name='deadlines_deadline_given_says_by_whom_and_why')],
            },
        ),
        migrations.CreateModel(
            name='SentDigest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'sent daily mail',
                'verbose_name_plural': 'sent daily mails',
                'constraints': [models.UniqueConstraint(fields=('user', 'day'), name='deadlines_digest_once_a_day')],
            },
        ),
    ]
