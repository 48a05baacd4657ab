"""Writes the fixtures of PyTorch: state_dicts as safetensors, how their modules are wired, and the logits PyTorch computes.

    python -m venv venv && venv/bin/pip install -r test/importing/make-fixtures/requirements.txt
    venv/bin/python test/importing/make-fixtures/pytorch_models.py
"""

import json
import shutil
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn

GOLDEN = Path("test/importing/golden")
SEQUENCES, STEPS, ROWS, STEP_COLUMNS, CLASSES = 6, 5, 4, 3, 3
FEATURES = ROWS * STEP_COLUMNS
GEOMETRY = {"rows": ROWS, "stepColumns": STEP_COLUMNS, "steps": STEPS}


class Reader(nn.Module):
    """A recurrence, and a linear layer that reads its last step, its final states, or all of its steps."""

    def __init__(self, rnn, reads="lastStep", bias=True):
        super().__init__()
        self.rnn = rnn
        self.reads = reads
        directions = 2 if rnn.bidirectional else 1
        width = directions * rnn.hidden_size * (STEPS if reads == "allSteps" else 1)
        self.fc = nn.Linear(width, CLASSES, bias=bias)

    def forward(self, x):
        output, state = self.rnn(x)
        if self.reads == "lastStep":
            return self.fc(output[:, -1])
        if self.reads == "allSteps":
            return self.fc(output.flatten(1))
        h = state[0] if isinstance(state, tuple) else state
        final = torch.cat([h[-2], h[-1]], 1) if self.rnn.bidirectional else h[-1]
        return self.fc(final)


class Deep(nn.Module):
    """Linear layers before and behind two recurrences of another kind, in modules of modules."""

    def __init__(self):
        super().__init__()
        self.embed = nn.Sequential(nn.Linear(FEATURES, 6), nn.ReLU(), nn.Dropout(0.2))
        self.body = nn.ModuleDict({"gru": nn.GRU(6, 5, batch_first=True), "rnn": nn.RNN(5, 4, batch_first=True)})
        self.head = nn.Sequential(nn.Linear(4, 5), nn.Tanh(), nn.Linear(5, CLASSES))
        self.register_buffer("batches", torch.tensor(7))
        self.decoder = nn.Linear(5, FEATURES)

    def forward(self, x):
        x, _ = self.body["gru"](self.embed(x))
        x, _ = self.body["rnn"](x)
        return self.head(x[:, -1])


def wired(kind, reads=None, **options):
    rnn = {"type": kind, "name": "rnn", **options, **({"output": reads} if reads else {})}
    between = [{"type": "Flatten"}] if reads == "allSteps" else []
    return {**GEOMETRY, "layers": [rnn, *between, {"type": "Linear", "name": "fc"}]}


def recurrence(kind, units, **options):
    return getattr(nn, kind)(FEATURES, units, batch_first=True, **options)


DEEP_WIRING = {
    **GEOMETRY,
    "id": "deep-pytorch",
    "title": "Deep (PyTorch)",
    "layers": [
        {"type": "Linear", "name": "embed.0"},
        {"type": "ReLU"},
        {"type": "Dropout"},
        {"type": "GRU", "name": "body.gru", "output": "allSteps"},
        {"type": "RNN", "name": "body.rnn"},
        {"type": "Linear", "name": "head.0", "activation": "tanh"},
        {"type": "Linear", "name": "head.2"},
    ],
    "ignore": ["decoder.weight", "decoder.bias"],
}

MODELS = {
    "torch-rnn": (lambda: Reader(recurrence("RNN", 6)), wired("RNN"), torch.float32),
    "torch-rnn-relu": (
        lambda: Reader(recurrence("RNN", 6, nonlinearity="relu")),
        wired("RNN", nonlinearity="relu"),
        torch.float32,
    ),
    "torch-lstm": (lambda: Reader(recurrence("LSTM", 5)), wired("LSTM"), torch.float32),
    "torch-gru": (lambda: Reader(recurrence("GRU", 5), "finalState"), {**wired("GRU", "finalState"), "pixels": [0, 255]}, torch.float32),
    "torch-lstm-no-bias": (
        lambda: Reader(recurrence("LSTM", 5, bias=False), bias=False),
        wired("LSTM", "lastStep"),
        torch.float32,
    ),
    "torch-lstm-two-levels-bidirectional": (
        lambda: Reader(recurrence("LSTM", 4, num_layers=2, bidirectional=True)),
        wired("LSTM", "lastStep"),
        torch.float32,
    ),
    "torch-gru-three-levels-bidirectional": (
        lambda: Reader(recurrence("GRU", 3, num_layers=3, bidirectional=True), "finalState"),
        wired("GRU", "finalState"),
        torch.float32,
    ),
    "torch-rnn-relu-bidirectional-all-steps": (
        lambda: Reader(recurrence("RNN", 4, nonlinearity="relu", bidirectional=True), "allSteps"),
        wired("RNN", "allSteps", nonlinearity="relu"),
        torch.float32,
    ),
    "torch-deep": (Deep, DEEP_WIRING, torch.float32),
    "torch-lstm-half": (lambda: Reader(recurrence("LSTM", 5)), wired("LSTM"), torch.float16),
    "torch-gru-bfloat16": (lambda: Reader(recurrence("GRU", 5)), wired("GRU"), torch.bfloat16),
    "torch-rnn-double": (lambda: Reader(recurrence("RNN", 5)), wired("RNN"), torch.float64),
}


def randomise(model):
    """Weights of a size that every layer and bias tells in the logits, more of them positive, so that few ReLUs are silent."""
    for parameter in model.parameters():
        scale = parameter.shape[-1] ** -0.5
        low, high = (-0.3, 0.3) if parameter.ndim == 1 else (-1.2 * scale, 1.7 * scale)
        nn.init.uniform_(parameter, low, high)


def draw(model, x, dtype, scale):
    """New weights, as the file holds them, and the logits that they give in single precision."""
    with torch.no_grad():
        randomise(model)
        if scale != 1:
            model.rnn.weight_ih_l0 *= scale
        saved = {key: value.to(dtype) if value.is_floating_point() else value for key, value in model.state_dict().items()}
        model.load_state_dict({key: value.float() if value.is_floating_point() else value for key, value in saved.items()})
        return saved, model(x)


def main():
    for index, (name, (build, wiring, dtype)) in enumerate(MODELS.items()):
        torch.manual_seed(index)
        model = build().eval()
        low, high = wiring.get("pixels", [-1, 1])
        x = low + (high - low) * torch.rand(SEQUENCES, STEPS, FEATURES)
        logits = torch.zeros(SEQUENCES, CLASSES)
        # Until no class has the same logit for all sequences.
        while logits.std(dim=0).min() < 0.05:
            saved, logits = draw(model, x, dtype, 1 / max(1, high))
        folder = GOLDEN / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        save_file({key: value.contiguous() for key, value in saved.items()}, folder / "model.safetensors", {"format": "pt"})
        (folder / "wiring.json").write_text(json.dumps(wiring) + "\n")
        save_file({"inputs": x, "logits": logits}, folder / "check.safetensors", {"by": f"PyTorch {torch.__version__.split('+')[0]}"})
        print(name, sum(parameter.numel() for parameter in model.parameters()), logits[0].tolist())


if __name__ == "__main__":
    main()
