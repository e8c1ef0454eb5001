"""Writes the model that every server of the benchmark answers with: 100 trees over 12 floats."""

import sys

import numpy as np
from skl2onnx import to_onnx
from sklearn.ensemble import GradientBoostingClassifier

random = np.random.default_rng(7)
rows = random.normal(size=(4000, 12)).astype(np.float32)
late = (rows[:, 0] + rows[:, 1] * rows[:, 2] + random.normal(size=4000) > 0).astype(np.int64)
model = GradientBoostingClassifier(n_estimators=100, max_depth=3, random_state=7).fit(rows, late)
onnx = to_onnx(model, rows[:1], options={"zipmap": False}, target_opset=15)
onnx.graph.input[0].name = "x"
for node in onnx.graph.node:
    for at, name in enumerate(node.input):
        if name == "X":
            node.input[at] = "x"
with open(sys.argv[1], "wb") as file:
    file.write(onnx.SerializeToString())
