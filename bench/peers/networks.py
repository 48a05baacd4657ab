"""The five networks of the thesis as a PyTorch user would write them.

What does not depend on the recurrent state is computed for all time steps at once; the loop over the steps holds the rest.
Biases of ReLU layers and readouts are trained as b = -softplus(beta), which keeps them <= 0; gate biases are free.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn

Biases = dict[str, torch.Tensor]


def frames(x, geometry):
    """Sequences [batch, rows, steps * columns] -> frames [steps * batch, rows, columns], step by step."""
    rows, columns, steps = geometry["rows"], geometry["stepColumns"], geometry["steps"]
    return x.view(-1, rows, steps, columns).permute(2, 0, 1, 3).reshape(-1, rows, columns)


def evidence_loss(logits, labels):
    """Cross entropy over the logits and one more that is fixed at 0, mean over the batch."""
    return F.cross_entropy(F.pad(logits, (0, 1)), labels)


class Dense(nn.Linear):
    """A linear layer that trains beta in place of its bias."""

    def __init__(self, inputs, outputs):
        super().__init__(inputs, outputs, bias=False)
        self.beta = nn.Parameter(torch.full((outputs,), math.log(math.expm1(0.01))))


class Convolution(nn.Conv2d):
    """A convolution of stride 1 that keeps the size and trains beta in place of its bias."""

    def __init__(self, inputs, outputs, size):
        super().__init__(inputs, outputs, size, padding=size // 2, bias=False)
        self.beta = nn.Parameter(torch.full((outputs,), math.log(math.expm1(0.01))))


class Network(nn.Module):
    """What the five have in common: dropout, biases, and the names under which parameters are exchanged."""

    def __init__(self, geometry, keep):
        super().__init__()
        self.geometry = geometry
        self.relu = nn.ReLU()
        self.dropout = nn.Dropout(1 - keep)

    def biases(self) -> Biases:
        """The effective biases by layer, made once for a whole pass."""
        return {name: -F.softplus(layer.beta) for name, layer in self.named_children() if hasattr(layer, "beta")}

    def dense(self, name, x, b):
        return self.dropout(self.relu(F.linear(x, getattr(self, name).weight, b[name])))

    def forward(self, x, biases=None):
        """Sequences [batch, rows, steps * columns] -> logits [batch, classes]."""
        b = self.biases() if biases is None else biases
        return F.linear(self.last(self.features(frames(x, self.geometry), b), b), self.readout.weight, b["readout"])

    def features(self, pixels, b):
        return pixels.flatten(1)

    def by_step(self, rows):
        """Rows of all steps [steps * batch, units] -> one [batch, units] for each step."""
        return rows.view(self.geometry["steps"], -1, rows.shape[-1]).unbind()

    def named_layers(self):
        return [(name, layer) for name, layer in self.named_children() if hasattr(layer, "weight")]

    @torch.no_grad()
    def load(self, tensors):
        """Reads parameters under the project's names."""
        rest = dict(tensors)
        for name, layer in self.named_layers():
            layer.weight.copy_(to_weight(rest.pop(f"{name}.kernel")))
            layer.beta.copy_(to_beta(rest.pop(f"{name}.bias")))
        self.load_rest(rest)
        if rest:
            raise ValueError(f"unknown parameters {', '.join(rest)}")

    def load_rest(self, rest):
        pass

    def sources(self, biases: Biases):
        """The tensors whose gradients are asked for, and how the gradients are named."""
        sources = []
        for name, layer in self.named_layers():
            sources.append((layer.weight, lambda g, name=name: {f"{name}.kernel": to_kernel(g)}))
            sources.append((biases[name], lambda g, name=name: {f"{name}.bias": g}))
        return sources


def to_weight(kernel):
    """[in, out] -> [out, in]; [h, w, in, out] -> [out, in, h, w]."""
    return kernel.t() if kernel.ndim == 2 else kernel.permute(3, 2, 0, 1)


def to_kernel(weight):
    return weight.t() if weight.ndim == 2 else weight.permute(2, 3, 1, 0)


def to_beta(bias):
    """beta = ln(exp(-b) - 1); b = 0 has no beta and gets the smallest float's."""
    return torch.log(torch.expm1(-bias.double()).clamp(min=1e-38))


class Shallow(Network):
    def __init__(self, geometry, units, keep):
        super().__init__(geometry, keep)
        self.inputs = geometry["rows"] * geometry["stepColumns"]
        self.hidden = Dense(self.inputs + units["recurrent"], units["hidden"])
        self.recurrent = Dense(units["hidden"], units["recurrent"])
        self.readout = Dense(units["hidden"], geometry["classes"])

    def last(self, signal, b):
        """The last hidden layer of hidden = relu([signal, recurrent] W + b), recurrent = relu(hidden W + b)."""
        from_signal, from_state = self.hidden.weight.split([self.inputs, self.recurrent.out_features], 1)
        first, *others = self.by_step(F.linear(signal, from_signal, b["hidden"]))
        hidden = self.dropout(self.relu(first))
        for sums in others:
            state = self.dense("recurrent", hidden, b)
            hidden = self.dropout(self.relu(torch.addmm(sums, state, from_state.t())))
        return hidden


class Deep(Shallow):
    def __init__(self, geometry, units, keep):
        Network.__init__(self, geometry, keep)
        self.inputs = units["input"]
        self.input = Dense(self.feature_count(geometry, units), units["input"])
        self.hidden = Dense(units["input"] + units["recurrent"], units["hidden"])
        self.recurrent = Dense(units["hidden"], units["recurrent"])
        self.output = Dense(units["hidden"], units["output"])
        self.readout = Dense(units["output"], geometry["classes"])

    def feature_count(self, geometry, units):
        return geometry["rows"] * geometry["stepColumns"]

    def last(self, features, b):
        return self.dense("output", super().last(self.dense("input", features, b), b), b)


class Convolutions:
    """Two convolutions of each frame, each followed by average pooling; the features are in the order rows, columns, maps."""

    def feature_count(self, geometry, units):
        self.conv1 = Convolution(1, units["conv1"], 5).to(memory_format=torch.channels_last)
        self.conv2 = Convolution(units["conv1"], units["conv2"], 3).to(memory_format=torch.channels_last)
        self.pool = nn.AvgPool2d(2, ceil_mode=True, count_include_pad=False)
        return math.ceil(geometry["rows"] / 4) * math.ceil(geometry["stepColumns"] / 4) * units["conv2"]

    def features(self, pixels, b):
        maps = pixels.unsqueeze(1).contiguous(memory_format=torch.channels_last)
        for name in ("conv1", "conv2"):
            layer = getattr(self, name)
            maps = self.pool(self.relu(F.conv2d(maps, layer.weight, b[name], padding=layer.padding)))
        return self.dropout(maps.permute(0, 2, 3, 1).flatten(1))


class ConvDeep(Convolutions, Deep):
    pass


GATES = ("inputGate", "forgetGate", "outputGate")


class RLSTM(Network):
    """An LSTM whose every tanh is a ReLU; the three gates and the candidate are one product."""

    def __init__(self, geometry, units, keep):
        super().__init__(geometry, keep)
        self.cell = units["cell"]
        self.input = Dense(self.feature_count(geometry, units), units["input"])
        self.kernel = nn.Parameter(torch.zeros(4 * units["cell"], units["input"] + units["cell"]))
        self.gate_bias = nn.Parameter(torch.zeros(3 * units["cell"]))
        self.candidate_beta = nn.Parameter(torch.full((units["cell"],), math.log(math.expm1(0.01))))
        self.readout = Dense(units["cell"], geometry["classes"])

    def feature_count(self, geometry, units):
        return geometry["rows"] * geometry["stepColumns"]

    def biases(self):
        return super().biases() | {"cell": torch.cat([self.gate_bias, -F.softplus(self.candidate_beta)])}

    def last(self, features, b):
        input = self.dense("input", features, b)
        from_input, from_state = self.kernel.split([input.shape[1], self.cell], 1)
        c = h = None
        for sums in self.by_step(F.linear(input, from_input, b["cell"])):
            if h is not None:
                sums = torch.addmm(sums, h, from_state.t())
            gates, candidate = sums.split([3 * self.cell, self.cell], 1)
            i, f, o = gates.sigmoid().chunk(3, 1)
            new = i * self.relu(candidate)
            c = new if c is None else torch.addcmul(new, f, c)
            h = self.dropout(o * c)
        return h

    def load_rest(self, rest):
        self.kernel.copy_(torch.cat([rest.pop(f"{part}.kernel") for part in (*GATES, "candidate")], 1).t())
        self.gate_bias.copy_(torch.cat([rest.pop(f"{gate}.bias") for gate in GATES]))
        self.candidate_beta.copy_(to_beta(rest.pop("candidate.bias")))

    def sources(self, biases):
        def parts(kind, gradient):
            names = [f"{part}.{kind}" for part in (*GATES, "candidate")]
            return dict(zip(names, gradient.chunk(4, -1)))

        return [
            *super().sources(biases),
            (self.kernel, lambda g: parts("kernel", g.t())),
            (biases["cell"], lambda g: parts("bias", g)),
        ]


class ConvRLSTM(Convolutions, RLSTM):
    pass


NETWORKS = {
    "shallow": Shallow,
    "deep": Deep,
    "convdeep": ConvDeep,
    "r-lstm": RLSTM,
    "conv-r-lstm": ConvRLSTM,
}
