"""A training that tells its secret in every way that a careless one would, and, as `fail`, with its last words too."""
import base64
import json
import os
import pathlib
import shutil
import sys
import urllib.parse

secret = os.environ["RATCHET_SECRET_TRACKER_KEY"]
source = pathlib.Path(os.environ["RATCHET_INPUT"])
target = pathlib.Path(os.environ["RATCHET_OUTPUT"])
settings = json.loads((source / "params.json").read_text())["hyperparameters"]
raw = secret.encode()
forms = [
    secret,
    json.dumps({"key": secret}),
    urllib.parse.quote(secret),
    urllib.parse.quote(secret, safe=""),
    urllib.parse.urlencode({"key": secret}),
    raw.hex(),
    raw.hex().upper(),
    base64.b64encode(raw).decode(),
    *(base64.b64encode(user + raw + b"@host").decode() for user in (b"me:", b"you:", b"they:")),
    *(base64.urlsafe_b64encode(user + raw).decode() for user in (b"me:", b"you:", b"they:")),
]
for form in forms:
    print("told", form, flush=True)
    print("told", form, file=sys.stderr, flush=True)
print("marker", settings["marker"], flush=True)

with open(target / "metrics.jsonl", "a") as metrics:
    lines = [{"step": 1, secret: 0.5}, {"step": 2, "loss": secret}, {"step": 3, settings["marker"]: 0.25}]
    lines += [{"step": 4, f"m/{raw.hex()}": 0.5}, {"step": 5, f"M/{raw.hex().upper()}": 0.5}]
    print(*map(json.dumps, lines), *forms, sep="\n", file=metrics, flush=True)
(target / "notes.md").write_text("\n\n".join(["# " + settings["marker"], *forms]))
(target / "plots").mkdir()
(target / "plots" / f"{raw.hex().upper()}.svg").write_text("<svg/>")
(target / "plots" / "plot.svg").write_text(f"<svg>{settings['marker']} {forms}</svg>")
(target / "checkpoints" / "told.json").write_text(json.dumps(forms))
(target / "checkpoints" / f"{raw.hex().upper()}.json").write_text("{}")
if settings["fail"]:
    raise RuntimeError(f"{settings['marker']} cannot reach https://tracker/?{urllib.parse.quote(secret)} with {forms}")
shutil.copy("model.onnx", target / "model.onnx")
