"""A logistic regression as an ONNX file: one float input of shape [N, 1] a column; `label` and `probabilities` come out."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def write_onnx(path, names, scaling, weights):
    fill, mean, deviation = scaling
    constants = {
        "fill": fill.reshape(1, -1),
        "mean": mean.reshape(1, -1),
        "deviation": deviation.reshape(1, -1),
        "weights": weights[:-1].reshape(-1, 1),
        "bias": weights[-1:],
        "unity": np.ones(1),
    }
    nodes = [
        helper.make_node("Concat", names, ["rows"], axis=1),
        helper.make_node("IsNaN", ["rows"], ["missing"]),
        helper.make_node("Where", ["missing", "fill", "rows"], ["filled"]),
        helper.make_node("Sub", ["filled", "mean"], ["centred"]),
        helper.make_node("Div", ["centred", "deviation"], ["scaled"]),
        helper.make_node("MatMul", ["scaled", "weights"], ["weighted"]),
        helper.make_node("Add", ["weighted", "bias"], ["score"]),
        helper.make_node("Sigmoid", ["score"], ["one"]),
        helper.make_node("Sub", ["unity", "one"], ["zero"]),
        helper.make_node("Concat", ["zero", "one"], ["probabilities"], axis=1),
        helper.make_node("ArgMax", ["probabilities"], ["label"], axis=1, keepdims=0),
    ]
    graph = helper.make_graph(
        nodes,
        "logistic-regression",
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["N", 1]) for name in names],
        [
            helper.make_tensor_value_info("label", TensorProto.INT64, ["N"]),
            helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["N", 2]),
        ],
        [numpy_helper.from_array(np.asarray(value, dtype=np.float32), name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, path)
