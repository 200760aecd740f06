"""Survey analytics for safety surveys."""
