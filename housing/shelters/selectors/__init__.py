"""Every read that a page of this subject needs."""
