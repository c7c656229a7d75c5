from django.apps import AppConfig


class CrosssectorConfig(AppConfig):
    name = "crosssector"

    def ready(self) -> None:
        from crosssector.aftercare import registrations as aftercare
        from crosssector.applications import registrations as applications
        from crosssector.complaints import registrations as complaints
        from crosssector.exports import registrations as exports
        from crosssector.handoffs import registrations as handoffs
        from crosssector.insight import registrations as insight
        from crosssector.readiness import registrations as readiness
        from crosssector.reimbursement import registrations as reimbursement
        from crosssector.worklist import registrations as worklist

        applications.register()
        complaints.register()
        exports.register()
        handoffs.register()
        readiness.register()
        worklist.register()
        insight.register()
        reimbursement.register()
        aftercare.register()
