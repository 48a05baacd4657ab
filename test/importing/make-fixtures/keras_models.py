"""Writes the fixtures of Keras: models in the format of TensorFlow.js layers, and the logits Keras computes.

    python -m venv venv && venv/bin/pip install -r test/importing/make-fixtures/requirements.txt
    KERAS_BACKEND=torch venv/bin/python test/importing/make-fixtures/keras_models.py
"""

import json
import shutil
from pathlib import Path

import keras
import numpy as np
from keras import layers
from safetensors.numpy import save_file

import layers_model

GOLDEN = Path("test/importing/golden")
SEQUENCES, STEPS, ROWS, STEP_COLUMNS, CLASSES = 6, 5, 4, 3, 3
FRAMES = (STEPS, ROWS * STEP_COLUMNS)
FRAMES_WIRING = {"rows": ROWS}


def readout(**options):
    return layers.Dense(CLASSES, name="readout", **options)


def each(layer):
    return layers.TimeDistributed(layer, name=f"each_{layer.name}")


def chain(shape, *parts):
    return keras.Sequential([keras.Input(shape), *parts])


def functional():
    image = keras.Input((7, 10), name="image")
    x = layers.Permute((2, 1), name="columns_first")(image)
    x = layers.Reshape((5, 14), name="two_columns_a_step")(x)
    x = layers.Dense(6, name="embedding")(x)
    x = layers.ReLU(name="embedding_relu")(x)
    x = layers.Dropout(0.2, name="dropout")(x)
    x = layers.GRU(4, name="gru")(x)
    x = layers.Activation("tanh", name="squashed")(x)
    return keras.Model(image, readout()(x), name="functional")


MODELS = {
    "keras-simple-rnn": (lambda: chain(FRAMES, layers.SimpleRNN(6), readout()), FRAMES_WIRING),
    "keras-simple-rnn-relu-backwards": (
        lambda: chain(FRAMES, layers.SimpleRNN(6, activation="relu", go_backwards=True), readout()),
        FRAMES_WIRING,
    ),
    "keras-lstm": (lambda: chain(FRAMES, layers.LSTM(5), readout()), FRAMES_WIRING),
    "keras-lstm-hard-sigmoid": (
        lambda: chain(FRAMES, layers.LSTM(5, recurrent_activation="hard_sigmoid"), readout()),
        FRAMES_WIRING,
    ),
    "keras-lstm-variable-length": (
        lambda: chain((None, ROWS * STEP_COLUMNS), layers.LSTM(5), readout()),
        {**FRAMES_WIRING, "steps": STEPS, "pixels": [0, 1]},
    ),
    "keras-gru": (lambda: chain(FRAMES, layers.GRU(5), readout(activation="softmax")), FRAMES_WIRING),
    "keras-gru-reset-before": (lambda: chain(FRAMES, layers.GRU(5, reset_after=False), readout()), FRAMES_WIRING),
    "keras-gru-relu": (
        lambda: chain(
            FRAMES,
            each(layers.Dense(6, activation="relu", name="embedding")),
            layers.GRU(5, activation="relu", reset_after=False, name="gru"),
            layers.Dense(4, activation="relu", name="hidden"),
            readout(),
        ),
        FRAMES_WIRING,
    ),
    "keras-two-level-gru-no-bias": (
        lambda: chain(
            FRAMES,
            layers.GRU(5, return_sequences=True, use_bias=False),
            layers.GRU(4, use_bias=False),
            readout(use_bias=False),
        ),
        FRAMES_WIRING,
    ),
    "keras-bidirectional-lstm": (
        lambda: chain(
            FRAMES,
            layers.Bidirectional(layers.LSTM(4, return_sequences=True, name="lstm"), name="both"),
            layers.Bidirectional(layers.SimpleRNN(3, activation="relu", name="rnn"), merge_mode="sum", name="summed"),
            readout(),
        ),
        FRAMES_WIRING,
    ),
    "keras-bidirectional-gru": (
        lambda: chain(
            FRAMES,
            layers.Bidirectional(layers.GRU(4, return_sequences=True, name="gru"), name="both"),
            layers.Flatten(name="all_steps"),
            readout(),
        ),
        FRAMES_WIRING,
    ),
    "keras-conv-gru": (
        lambda: chain(
            (4, 7, 5, 1),
            each(layers.Conv2D(3, 3, padding="same", activation="relu", name="conv1")),
            each(layers.MaxPooling2D(2, padding="same", name="pool1")),
            each(layers.Conv2D(4, 2, padding="same", activation="relu", name="conv2")),
            each(layers.AveragePooling2D(2, padding="same", name="pool2")),
            each(layers.Flatten(name="features")),
            layers.GRU(4, activation="relu", reset_after=False, name="gru"),
            readout(),
        ),
        None,
    ),
    "keras-functional": (functional, {"input": "image", "steps": 5}),
}


def logits_of(model, x):
    """The model without the softmax at its end."""
    last = model.layers[-1]
    if getattr(last, "activation", None) is keras.activations.softmax:
        last.activation = keras.activations.linear
        logits = np.asarray(model.predict(x, verbose=0))
        last.activation = keras.activations.softmax
        return logits
    return np.asarray(model.predict(x, verbose=0))


def main():
    for index, (name, (build, wiring)) in enumerate(MODELS.items()):
        keras.backend.clear_session()
        random = np.random.default_rng(index)
        model = build()
        shape = tuple(length or STEPS for length in model.input_shape[1:])
        low, high = (wiring or {}).get("pixels", [-1, 1])
        x = random.uniform(low, high, (SEQUENCES, *shape)).astype("float32")
        logits = np.zeros((SEQUENCES, CLASSES))
        # Until no class has the same logit for all sequences, as where ReLUs are silent.
        while logits.std(axis=0).min() < 0.05:
            model.set_weights([weights_like(array, random) for array in model.get_weights()])
            logits = logits_of(model, x)
        folder = GOLDEN / name
        shutil.rmtree(folder, ignore_errors=True)
        layers_model.save(model, folder)
        if wiring:
            (folder / "wiring.json").write_text(json.dumps(wiring) + "\n")
        save_file(
            {"inputs": x, "logits": logits},
            folder / "check.safetensors",
            {"by": f"Keras {keras.__version__} on {keras.backend.backend()}"},
        )
        print(name, model.count_params(), logits[0])


def weights_like(array, random):
    """Weights of a size that every layer and bias tells in the logits, more of them positive, so that few ReLUs are silent."""
    if array.dtype.kind != "f":
        return array
    # The two biases of a GRU are a matrix.
    is_bias = array.ndim == 1 or array.shape[0] == 2
    low, high = (-0.3, 0.3) if is_bias else np.array([-1.2, 1.7]) / np.sqrt(array.size / array.shape[-1])
    return random.uniform(low, high, array.shape).astype("float32")


if __name__ == "__main__":
    main()
