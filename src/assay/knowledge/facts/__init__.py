"""What guides for employers say, each statement with an id that the rest of the product cites."""
