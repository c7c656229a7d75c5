"""This subject's deadlines: notices, their answers, and the day the refund runs out."""

from housing.shelters.deadlines import notices, planned, reimbursement


def register() -> None:
    reimbursement.register()
    notices.register()
    planned.register()
