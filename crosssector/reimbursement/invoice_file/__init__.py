"""A shelter's invoice as a file: its columns, the matching, and what is kept of it."""

from crosssector.reimbursement.invoice_file.importer import InvoiceImporter

__all__ = ["InvoiceImporter"]
