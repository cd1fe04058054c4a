"""Writing a report's texts together: sections with writer, state and history, and what helps whoever writes."""
