"""Forms of referrals and offers."""
