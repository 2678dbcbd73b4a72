"""What systems talk to: REST v1, its tokens, OpenAPI."""
