"""What theory says of a case before anybody negotiates."""
