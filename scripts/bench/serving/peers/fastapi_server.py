"""FastAPI and onnxruntime, as one writes it by hand: python fastapi_server.py <model.onnx> <port>."""

import sys

import numpy as np
import onnxruntime
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
session = onnxruntime.InferenceSession(sys.argv[1], options, providers=["CPUExecutionProvider"])
app = FastAPI()


class Tensor(BaseModel):
    name: str
    shape: list[int]
    datatype: str
    data: list[float]


class Request(BaseModel):
    inputs: list[Tensor]


@app.get("/v2/health/ready")
async def ready():
    return {"ready": True}


@app.post("/v2/models/trees/infer")
async def infer(request: Request):
    tensor = request.inputs[0]
    x = np.array(tensor.data, dtype=np.float32).reshape(tensor.shape)
    label, probabilities = session.run(None, {"x": x})
    return {
        "model_name": "trees",
        "outputs": [
            {"name": "label", "shape": list(label.shape), "datatype": "INT64", "data": label.tolist()},
            {
                "name": "probabilities",
                "shape": list(probabilities.shape),
                "datatype": "FP32",
                "data": probabilities.ravel().tolist(),
            },
        ],
    }


uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[2]), log_level="error", access_log=False)
