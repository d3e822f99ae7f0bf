"""From GraphQL's arguments to calls of core, and from core's answers to what the schema's types read."""
