"""Why a run did not start, in words for the worker."""


class Refusal(Exception):
    """`kind` is `tier` (a weaker tier may do), `lease`, `program` or `setup`."""

    def __init__(self, kind, message):
        super().__init__(message)
        self.kind = kind
