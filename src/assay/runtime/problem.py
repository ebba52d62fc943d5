"""What can go wrong around the product, said to the person who has to put it right."""


class RuntimeProblem(RuntimeError):
    """A foreseen failure; its text says what happened and what to do, and is printed without a traceback."""
