"""What is HTTP and not GraphQL, and the HTTP that carries GraphQL."""
