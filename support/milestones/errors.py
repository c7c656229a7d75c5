"""What the register of a course's milestones refuses."""

from django.utils.translation import gettext_lazy as _

from housingfirst.base.errors import DomainError


class OnlyCtiHasMilestones(DomainError):
    code = "only_cti_has_milestones"
    message = _("Only a CTI course whose first phase has a day has these meetings.")


class MilestoneOutsideCourse(DomainError):
    code = "milestone_outside_course"
    message = _("The course started on %(started_on)s. Choose that day or a later one.")
