"""Writes a Keras model in the format of TensorFlow.js layers: model.json and one file of weights.

    KERAS_BACKEND=torch python layers_model.py model.keras folder
"""

import json
import sys
from pathlib import Path

import numpy as np

# Settings of training, and what only Keras 3 writes.
LEFT_OUT = {
    "build_config",
    "module",
    "registered_name",
    "seed",
    "optional",
    "ragged",
    "sparse",
    "zero_output_for_mask",
    "use_cudnn",
    "lora_rank",
    "lora_alpha",
    "quantization_config",
}


def plain(value):
    """A configuration as TensorFlow.js reads it: Keras 2's names, and objects by class and configuration alone."""
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    if value.get("class_name") == "DTypePolicy":
        return value["config"]["name"]
    kept = {key: plain(item) for key, item in value.items() if key not in LEFT_OUT}
    if kept.get("class_name") == "Bidirectional":
        # TensorFlow.js names the two directions by itself.
        inner = kept["config"]["layer"]["config"]
        inner["name"] = inner["name"].removeprefix("forward_")
    if "batch_shape" in kept:
        kept["batch_input_shape"] = kept.pop("batch_shape")
    return kept


def topology(model):
    """The model's class and configuration."""
    import keras

    config = plain(model.get_config())
    kind = type(model).__name__
    if kind == "Sequential":
        layers = config["layers"]
        if layers[0]["class_name"] == "InputLayer":
            # A chain of TensorFlow.js says its input's shape at its first layer.
            shape = layers.pop(0)["config"]["batch_input_shape"]
            layers[0]["config"]["batch_input_shape"] = shape
        config = {"name": config["name"], "layers": layers}
    else:
        for layer in config["layers"]:
            layer["inbound_nodes"] = [inbound(node) for node in layer["inbound_nodes"]]
        for ends in ("input_layers", "output_layers"):
            if isinstance(config[ends][0], str):
                config[ends] = [config[ends]]
        kind = "Model"
    return {
        "keras_version": keras.__version__,
        "backend": keras.backend.backend(),
        "model_config": {"class_name": kind, "config": config},
    }


def inbound(node):
    """What a layer of a graph reads, as Keras 2 wrote it."""
    tensors = node["args"]
    tensors = tensors[0] if isinstance(tensors[0], list) else tensors
    return [[*tensor["config"]["keras_history"], {}] for tensor in tensors]


def weight_name(model, variable):
    """The path of a weight below the model: layer, cells, weight."""
    path = variable.path
    return path.removeprefix(f"{model.name}/")


def save(model, folder):
    """Writes model.json and weights.bin into a folder, which is made."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    # Keras 3 counts the weights of some layers twice over; in the order of layers each comes once.
    variables = [variable for layer in model.layers for variable in layer.weights if "seed" not in variable.path]
    values = [np.asarray(variable.numpy(), dtype="<f4") for variable in variables]
    weights = [
        {"name": weight_name(model, variable), "shape": list(array.shape), "dtype": "float32"}
        for variable, array in zip(variables, values)
    ]
    described = {
        "format": "layers-model",
        "generatedBy": "keras",
        "convertedBy": "layers_model.py",
        "modelTopology": topology(model),
        "weightsManifest": [{"paths": ["weights.bin"], "weights": weights}],
    }
    (folder / "model.json").write_text(json.dumps(described) + "\n")
    (folder / "weights.bin").write_bytes(b"".join(array.tobytes() for array in values))


if __name__ == "__main__":
    import keras

    if len(sys.argv) != 3:
        sys.exit("python layers_model.py model.keras folder")
    save(keras.saving.load_model(sys.argv[1], compile=False), sys.argv[2])
