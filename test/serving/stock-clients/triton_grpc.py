"""What Triton's own client makes of the server at argv[1]; one JSON object on standard output."""

import json
import queue
import sys

import numpy as np
import tritonclient.grpc as triton
from tritonclient.utils import InferenceServerException

tensors = {
    "a_float32": ("FP32", np.array([[1.5, np.nan], [np.inf, -0.0]], dtype=np.float32)),
    "a_float64": ("FP64", np.array([0.1, 5e-324, -np.inf])),
    "a_int64": ("INT64", np.array([2**53 + 1, -(2**63), 2**63 - 1])),
    "a_int32": ("INT32", np.array([[-1], [2**31 - 1]], dtype=np.int32)),
    "a_string": ("BYTES", np.array(["zürich", "", "a\nb"], dtype=object)),
    "a_bool": ("BOOL", np.array([True, False])),
}


def inputs_of(names):
    inputs = []
    for name in names:
        datatype, values = tensors[name]
        tensor = triton.InferInput(name, list(values.shape), datatype)
        tensor.set_data_from_numpy(values)
        inputs.append(tensor)
    return inputs


def is_equal(answer, name):
    datatype, sent = tensors[name]
    came = answer.as_numpy(name)
    if datatype == "BYTES":
        return [value.decode() for value in came] == list(sent)
    return came.dtype == sent.dtype and came.shape == sent.shape and came.tobytes() == sent.tobytes()


def refusal(call):
    try:
        call()
    except InferenceServerException as error:
        return [error.status(), error.message()]
    return None


def stream(client):
    answers = queue.Queue()
    client.start_stream(lambda result, error: answers.put((result, error)))
    for model, request_id in [("echo", "s-1"), ("nobody", "s-2"), ("echo", "s-3")]:
        client.async_stream_infer(model, inputs_of(["a_int64"]), request_id=request_id)
    told = []
    for _ in range(3):
        result, error = answers.get(timeout=60)
        if error is not None:
            told.append(error.message())
        else:
            told.append([result.get_response().id, is_equal(result, "a_int64")])
    client.stop_stream()
    return told


client = triton.InferenceServerClient(sys.argv[1])
answer = client.infer(
    "echo", inputs_of(tensors), model_version="1", request_id="x-7", priority=1, timeout=60_000_000
)
some = client.infer("echo", inputs_of(tensors), outputs=[triton.InferRequestedOutput("a_bool")])
packed = client.infer("echo", inputs_of(["a_string"]), compression_algorithm="gzip")
report = {
    "live": client.is_server_live(),
    "ready": client.is_server_ready(),
    "modelReady": [client.is_model_ready("echo"), client.is_model_ready("loading")],
    "server": client.get_server_metadata(as_json=True)["name"],
    "metadata": client.get_model_metadata("echo", as_json=True),
    "head": [answer.get_response().id, answer.get_response().model_version],
    "equal": {name: is_equal(answer, name) for name in tensors},
    "outputs": [output.name for output in some.get_response().outputs],
    "packed": is_equal(packed, "a_string"),
    "stream": stream(client),
    "unknown": refusal(lambda: client.infer("nobody", inputs_of(["a_bool"]))),
    "full": refusal(lambda: client.infer("full", inputs_of(["a_bool"]))),
    "late": refusal(lambda: client.infer("slow", inputs_of(["a_bool"]), client_timeout=0.5)),
    "index": [model.name for model in client.get_model_repository_index().models],
    "rows": client.get_inference_statistics("echo", "1", as_json=True)["model_stats"][0]["inference_count"],
}
client.load_model("echo")
client.unload_model("echo")
client.close()
print(json.dumps(report))
