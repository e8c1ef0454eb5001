"""A fitted pipeline as an ONNX file: one input a column, floats for numbers and strings for texts, each of shape [N, 1]."""

import onnx
from onnx import helper
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import FloatTensorType, StringTensorType

from rows import is_text


def export(job, pipeline):
    inputs = [
        (column["name"], (StringTensorType if is_text(column) else FloatTensorType)([None, 1]))
        for column in job.inputs
    ]
    options = {id(pipeline): {"zipmap": False}} if job.task == "classification" else None
    model = convert_sklearn(
        pipeline, job.algorithm, initial_types=inputs, options=options, target_opset={"": 17, "ai.onnx.ml": 3}
    )
    if job.task == "anomaly":
        turn_round(model)
    # The converter lists these in any order; in one order the same model is the same file.
    model.opset_import.sort(key=lambda opset: opset.domain)
    onnx.checker.check_model(model)
    onnx.save(model, job.output / "model.onnx")


def turn_round(model):
    """scikit-learn gives the oddest rows the lowest scores; `score` is higher for odder rows."""
    model.graph.node.append(helper.make_node("Neg", ["scores"], ["score"]))
    model.graph.output.append(helper.make_tensor_value_info("score", onnx.TensorProto.FLOAT, [None, 1]))
