"""`report`: build a report in all its forms, take in outside facts and local statements."""
