"""What authors wrote: found, read, checked and handed on as values of the domain."""
