"""The agreement with Ratchet: what it gives, what it takes, and how it says that the work must stop."""

import hashlib
import json
import os
import signal
import sys
from pathlib import Path


class Job:
    """One training job: its parameters, and the folders it reads from and writes to."""

    def __init__(self):
        self.input = Path(os.environ["RATCHET_INPUT"])
        self.output = Path(os.environ["RATCHET_OUTPUT"])
        self.params = json.loads((self.input / "params.json").read_text())
        self.algorithm = self.params["algorithm"]
        self.task = self.params["task"]
        self.label = self.params["label"]
        self.seed = self.params["seed"]
        self.inputs = self.params["inputs"]
        self.stopping = False
        self.checkpoints = self.output / "checkpoints"
        self.checkpoints.mkdir(parents=True, exist_ok=True)
        signal.signal(signal.SIGTERM, self._stop)

    def _stop(self, *_):
        self.stopping = True

    def option(self, name, default):
        """A hyper-parameter, or its default."""
        return self.params["hyperparameters"].get(name, default)

    def digest(self):
        """Of everything that decides the result: a checkpoint of another job is not taken up."""
        digest = hashlib.sha256((self.input / "params.json").read_bytes())
        with open(self.input / "train.parquet", "rb") as file:
            for block in iter(lambda: file.read(1 << 20), b""):
                digest.update(block)
        return digest.hexdigest()

    def report(self, step, **metrics):
        """Adds a line to metrics.jsonl, which the run shows while it is going on."""
        with open(self.output / "metrics.jsonl", "a") as file:
            file.write(json.dumps({"step": step, **{name: float(value) for name, value in metrics.items()}}) + "\n")

    def note(self, text):
        with open(self.output / "notes.md", "a") as file:
            file.write(text + "\n")

    def stop_if_asked(self):
        """What is worth keeping has been saved: the next attempt goes on from there."""
        if self.stopping:
            print("asked to stop: the last checkpoint is kept", file=sys.stderr)
            sys.exit(143)


def refuse(reason):
    """Ends the training. The last lines on stderr become the reason that people read."""
    print(reason, file=sys.stderr)
    sys.exit(1)
