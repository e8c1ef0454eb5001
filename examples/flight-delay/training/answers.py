"""What the trained model itself says."""


def answers(task, pipeline, rows):
    """The probability of 1, the prediction, or the score that is higher for odder rows."""
    if task == "classification":
        return pipeline.predict_proba(rows)[:, 1]
    if task == "anomaly":
        return -pipeline.decision_function(rows)
    return pipeline.predict(rows)
