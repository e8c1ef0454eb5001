"""What KServe's own client makes of a server: HTTP at argv[1], gRPC at argv[2]; one JSON object on standard output."""

import asyncio
import json
import logging
import sys

import grpc
import httpx
import numpy as np
from kserve import InferenceGRPCClient, InferenceRESTClient, InferInput, InferRequest, RESTConfig

logging.disable(logging.CRITICAL)
http, address = sys.argv[1:]

tensors = {
    "float32": ("FP32", np.array([[1.5], [-0.0]], dtype=np.float32)),
    "float64": ("FP64", np.array([[0.1], [5e-324]])),
    "int8": ("INT8", np.array([[-128], [127]], dtype=np.int8)),
    "int16": ("INT16", np.array([[-32768], [32767]], dtype=np.int16)),
    "int32": ("INT32", np.array([[-(2**31)], [2**31 - 1]], dtype=np.int32)),
    "int64": ("INT64", np.array([[2**53 + 1], [-(2**63)]])),
    "uint8": ("UINT8", np.array([[0], [255]], dtype=np.uint8)),
    "uint16": ("UINT16", np.array([[0], [65535]], dtype=np.uint16)),
    "uint32": ("UINT32", np.array([[0], [2**32 - 1]], dtype=np.uint32)),
    "uint64": ("UINT64", np.array([[2**53 + 1], [2**64 - 1]], dtype=np.uint64)),
    "bool": ("BOOL", np.array([[True], [False]])),
    "string": ("BYTES", np.array([["zürich"], [""]], dtype=object)),
}
endless = {
    **tensors,
    "float16": ("FP16", np.array([[1.5], [-np.inf]], dtype=np.float16)),
    "float32": ("FP32", np.array([[np.nan], [np.inf]], dtype=np.float32)),
}


def request_of(model, sent, binary, **more):
    inputs = []
    for name, (datatype, values) in sent.items():
        tensor = InferInput(name, list(values.shape), datatype)
        tensor.set_data_from_numpy(values, binary_data=binary)
        inputs.append(tensor)
    return InferRequest(model, inputs, request_id="x-7", **more)


def are_equal(answer, sent):
    told = {}
    for name, (datatype, values) in sent.items():
        came = answer.get_output_by_name("out_" + name).as_numpy()
        if datatype == "BYTES":
            texts = [value.decode() if isinstance(value, bytes) else value for value in came.flatten()]
            told[name] = texts == list(values.flatten())
        else:
            told[name] = came.dtype == values.dtype and came.shape == values.shape and came.tobytes() == values.tobytes()
    return told


async def refusal(call):
    try:
        await call
    except httpx.HTTPStatusError as error:
        return [error.response.status_code, str(error)]
    except grpc.aio.AioRpcError as error:
        return [error.code().name, error.details()]
    return None


async def over_rest():
    client = InferenceRESTClient(RESTConfig(protocol="v2"))
    headers = {}
    text = await client.infer(http, request_of("listed", tensors, False), model_name="listed", response_headers=headers)
    raw = request_of("all", endless, True, parameters={"binary_data_output": True})
    binary = await client.infer(http, raw, model_name="all")
    told = {
        "live": await client.is_server_live(http),
        "ready": await refusal(client.is_server_ready(http)),
        "modelReady": [await client.is_model_ready(http, name) for name in ["all", "broken"]],
        "id": text.id,
        "type": headers["content-type"],
        "json": are_equal(text, tensors),
        "binary": are_equal(binary, endless),
        "unknown": await refusal(client.infer(http, request_of("nobody", tensors, True), model_name="nobody")),
    }
    await client.close()
    return told


async def over_v1():
    client = InferenceRESTClient(RESTConfig(protocol="v1"))
    rows = {"instances": [[1.5, 2], [3, 4]]}
    told = {
        "live": await client.is_server_live(http),
        "modelReady": [await client.is_model_ready(http, name) for name in ["pair", "broken"]],
        "predictions": (await client.infer(http, rows, model_name="pair"))["predictions"],
        "bad": await refusal(client.infer(http, {"instances": [[1]]}, model_name="pair")),
        "explain": await refusal(client.explain(http, "pair", rows)),
    }
    await client.close()
    return told


async def over_grpc():
    client = InferenceGRPCClient(address)
    typed = await client.infer(request_of("listed", tensors, False))
    raw = await client.infer(request_of("all", endless, True))
    told = {
        "live": await client.is_server_live(),
        "ready": await client.is_server_ready(),
        "modelReady": [await client.is_model_ready("all"), await client.is_model_ready("broken")],
        "id": typed.id,
        "typed": are_equal(typed, tensors),
        "raw": are_equal(raw, endless),
        "unknown": await refusal(client.infer(request_of("nobody", tensors, True))),
    }
    await client.close()
    return told


async def main():
    print(json.dumps({"rest": await over_rest(), "v1": await over_v1(), "grpc": await over_grpc()}))


asyncio.run(main())
