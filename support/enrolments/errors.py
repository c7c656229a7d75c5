from django.utils.translation import gettext_lazy as _

from housingfirst.base.errors import DomainError


class EnrolmentIsActive(DomainError):
    code = "enrolment_is_active"
    message = _("The citizen already has an active course with %(method)s.")


class NoCourseAtFacility(DomainError):
    code = "no_course_at_facility"
    message = _("A place under § 107 is no course of support. Decide on the support by itself.")


class EnrolmentHasEnded(DomainError):
    code = "enrolment_has_ended"
    message = _("The course has ended. Start a new one if the citizen wants support again.")


class WorkerNotOnCase(DomainError):
    """Not a support worker of a unit that may see the case."""

    code = "worker_not_on_case"
    message = _("Choose a support worker from a unit that has access to the case.")


class OnlyCtiHasPhases(DomainError):
    code = "only_cti_has_phases"
    message = _("Only CTI has phases by date.")


class PhaseBeforeCourse(DomainError):
    code = "phase_before_course"
    message = _("Phase 1 cannot start before the course, %(started_on)s.")


class PhaseNeedsReason(DomainError):
    code = "phase_needs_reason"
    message = _(
        "No home is registered. Write why phase 1 starts all the same, for example that the course "
        "is to prevent homelessness."
    )


class EndsBeforeStart(DomainError):
    code = "ends_before_start"
    message = _("The course cannot end before it started, %(started_on)s.")


class EndNeedsWords(DomainError):
    """The ending must be explained; the subclasses say why."""

    code = "end_needs_words"


class OtherEndNeedsWords(EndNeedsWords):
    code = "other_end_needs_words"
    message = _(
        "Write why the course ends. Missed appointments are not a reason: the offer stays, and "
        "outreach is the next step."
    )


class LostHomeNeedsWords(EndNeedsWords):
    """practice.md H3: home and support are separate."""

    code = "lost_home_needs_words"
    message = _(
        "The citizen lost a home on %(lost_on)s. Support goes on when a home is lost. Write why it "
        "ends now."
    )


class EarlyEndNeedsWords(EndNeedsWords):
    code = "early_end_needs_words"
    message = _("The CTI course runs through %(last_on)s. Write why it is completed before that.")
