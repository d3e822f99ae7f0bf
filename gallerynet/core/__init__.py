"""Everything that is true of a gallery without GraphQL or HTTP."""
