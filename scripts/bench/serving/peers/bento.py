"""A service of BentoML that answers with onnxruntime, batching what has queued."""

import os

import bentoml
import numpy as np
import onnxruntime


@bentoml.service(workers=1, traffic={"timeout": 10})
class Trees:
    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(
            os.environ["MODEL"], options, providers=["CPUExecutionProvider"]
        )

    @bentoml.api(batchable=True, max_batch_size=256, max_latency_ms=1000)
    def infer(self, x: np.ndarray) -> np.ndarray:
        return self.session.run(["probabilities"], {"x": x.astype(np.float32)})[0]
