import json, sys
import numpy as np
import tritonclient.http as h
from tritonclient.utils import InferenceServerException

client = h.InferenceServerClient(sys.argv[1])
kinds = {
    "f32": ("FP32", np.array([[0.5, np.nan], [np.inf, -0.0]], dtype=np.float32)),
    "f64": ("FP64", np.array([[0.1], [5e-324]])),
    "i64": ("INT64", np.array([9007199254740993, -(2**63)], dtype=np.int64)),
    "i32": ("INT32", np.array([-(2**31), 7], dtype=np.int32)),
    "flag": ("BOOL", np.array([True, False])),
    "text": ("BYTES", np.array(["ü😀".encode(), b""], dtype=object)),
}

def inputs(binary, skip=()):
    made = []
    for name, (datatype, data) in kinds.items():
        one = h.InferInput(name, list(data.shape), datatype)
        if name == "f32" and not binary:
            data = np.array([[0.5, 1], [2, -0.0]], dtype=np.float32)
        one.set_data_from_numpy(data, binary_data=binary)
        made.append(one)
    return made

def same(result, binary):
    told = {}
    for name, (_, data) in kinds.items():
        if name == "f32" and not binary:
            data = np.array([[0.5, 1], [2, -0.0]], dtype=np.float32)
        came = result.as_numpy("out_" + name)
        told[name] = bool(came.dtype == data.dtype and np.array_equal(came, data, equal_nan=name in ("f32", "f64")))
        if name == "text" and not told[name]:
            told[name] = [x if isinstance(x, str) else x.decode() for x in came] == [x.decode() for x in data]
    return told

def refused(call):
    try:
        call()
        return None
    except InferenceServerException as error:
        return [error.status(), error.message()]

binary = client.infer("kinds", inputs(True), request_id="x-7", priority=1, timeout=60_000_000)
outs = [h.InferRequestedOutput("out_" + name, binary_data=False) for name in kinds]
text = client.infer("kinds", inputs(False), outputs=outs)
packed = client.infer("kinds", inputs(True), request_compression_algorithm="gzip")
client.unload_model("pick")
client.load_model("pick")
print(json.dumps({
    "live": client.is_server_live(), "ready": client.is_server_ready(),
    "modelReady": [client.is_model_ready("double"), client.is_model_ready("broken")],
    "server": client.get_server_metadata()["name"],
    "metadata": client.get_model_metadata("double"),
    "id": binary.get_response()["id"],
    "binary": same(binary, True), "json": same(text, False), "packed": same(packed, True),
    "unknown": refused(lambda: client.infer("nobody", inputs(True))),
    "index": [m["name"] for m in client.get_model_repository_index()],
    "rows": client.get_inference_statistics("kinds")["model_stats"][0]["inference_count"],
}))
