"""Sensitivity analysis, guided backprop and deep Taylor decomposition of the networks, a batch at a time.

Deep Taylor comes in two forms. `autograd` is for all networks. Where relevance is R = a * g for an activation a, the
propagation rules turn into rules for g that are ordinary gradients, if a layer's value y is written z * (y / z) with the
quotient held constant and z the rule's denominator; gates are held constant; sums, products and average pooling need no rule.
`zennit` is for Deep and ConvDeep, whose rules are all layers': zennit keeps the last input of each module, so that each time
step has modules of its own that share their parameters.
"""

from contextlib import contextmanager

import torch
import torch.nn.functional as F
from torch import nn

from networks import Convolutions, Deep, RLSTM, Shallow, frames

try:
    import zennit
    from zennit.core import BasicHook
    from zennit.rules import Norm, Pass, ZBox, ZPlus
except ImportError:
    zennit = None

LOW, HIGH = -1.0, 1.0


def engines(network, method):
    """What can explain the network by this method."""
    unrolled = method == "deepTaylor" and isinstance(network, Deep) and zennit is not None
    return ["autograd", "zennit"] if unrolled else ["autograd"]


def explainer(network, method, engine="autograd"):
    """A function of sequences and targets that gives relevance of the sequences' shape."""
    if engine not in engines(network, method):
        raise ValueError(f"engine '{engine}' cannot do {method} of this network, or is not installed")
    if method == "sensitivity":
        return lambda x, target: gradient(network, x, target).square_()
    if method == "guidedBackprop":
        return lambda x, target: guided_gradient(network, x, target).square_()
    if method != "deepTaylor":
        raise ValueError(f"method '{method}' is unknown")
    return Unrolled(network).relevance if engine == "zennit" else DeepTaylor(network).relevance


def chosen(logits, target):
    return logits.gather(1, target[:, None])


def gradient(network, x, target):
    x = x.detach().requires_grad_()
    (result,) = torch.autograd.grad(chosen(network(x), target).sum(), x)
    return result


def guided_gradient(network, x, target):
    with guided(network.relu):
        return gradient(network, x, target)


@contextmanager
def guided(relu):
    """A ReLU that passes a signal back only where its activation and the signal are positive."""

    def hook(_module, _inputs, output):
        output.register_hook(lambda signal: signal.clamp(min=0))

    handle = relu.register_forward_hook(hook)
    try:
        yield
    finally:
        handle.remove()


class DeepTaylor:
    """Deep Taylor decomposition by ordinary gradients, in the same order of computation as the networks'."""

    def __init__(self, network):
        self.network = network.eval()

    def relevance(self, x, target):
        network = self.network
        with torch.no_grad():
            self.b = network.biases()
        pixels = frames(x, network.geometry)
        # Apart, because z^B multiplies what comes back by (x - low) with positive weights and by (x - high) with negative ones.
        above = (pixels - LOW).requires_grad_()
        below = (pixels - HIGH).requires_grad_()
        if isinstance(network, Convolutions):
            last = self.last(self.features(pixels, above, below), None, None)
        else:
            last = self.last(*(part.flatten(1) for part in (pixels, above, below)))
        logits = self.positive("readout", last, relu=False)
        start = chosen(logits, target)
        # Relevance enters at a logit that is > 0; g = R / f is then 1.
        gradients = torch.autograd.grad(start, (above, below), (start > 0).to(start.dtype))
        relevance = torch.addcmul(above.detach() * gradients[0], below.detach(), gradients[1])
        geometry = network.geometry
        by_step = relevance.view(geometry["steps"], -1, geometry["rows"], geometry["stepColumns"])
        return by_step.permute(1, 2, 0, 3).reshape(x.shape)

    def last(self, pixels, above, below):
        if isinstance(self.network, RLSTM):
            return self.lstm(self.first("input", pixels, above, below))
        if isinstance(self.network, Deep):
            return self.positive("output", self.recurrence(self.hidden_of(self.first("input", pixels, above, below))))
        return self.recurrence(self.hidden_of_pixels(pixels, above, below))

    def weight(self, name):
        return getattr(self.network, name).weight.detach()

    def first(self, name, pixels, above, below):
        """A layer that reads pixels, or features where there are convolutions before it."""
        if above is None:
            return self.positive(name, pixels)
        weight = self.weight(name)
        with torch.no_grad():
            y = F.linear(pixels, weight, self.b[name]).relu_()
        z = F.linear(above, weight.clamp(min=0)) + F.linear(below, weight.clamp(max=0))
        return scaled(z, y)

    def positive(self, name, x, relu=True):
        """A layer of activations >= 0: z+."""
        return self.positive_with(x, self.weight(name), self.weight(name).clamp(min=0), self.b[name], relu)

    def positive_with(self, x, weight, positive, bias, relu=True):
        with torch.no_grad():
            y = F.linear(x, weight, bias)
        return scaled(F.linear(x, positive), y.relu_() if relu else y)

    def hidden_of(self, signal):
        """The parts of the hidden layer's value and denominator that come from the input layer, for each step."""
        from_signal = self.weight("hidden")[:, : self.network.inputs]
        with torch.no_grad():
            y = F.linear(signal, from_signal, self.b["hidden"])
        return y, F.linear(signal, from_signal.clamp(min=0))

    def hidden_of_pixels(self, pixels, above, below):
        from_signal = self.weight("hidden")[:, : self.network.inputs]
        with torch.no_grad():
            y = F.linear(pixels, from_signal, self.b["hidden"])
        return y, F.linear(above, from_signal.clamp(min=0)) + F.linear(below, from_signal.clamp(max=0))

    def recurrence(self, signal):
        network = self.network
        from_state = self.weight("hidden")[:, network.inputs :].t()
        positive = from_state.clamp(min=0)
        recurrent = self.weight("recurrent")
        recurrent_positive = recurrent.clamp(min=0)
        hidden = None
        for y, z in zip(*(network.by_step(part) for part in signal)):
            if hidden is not None:
                state = self.positive_with(hidden, recurrent, recurrent_positive, self.b["recurrent"])
                with torch.no_grad():
                    y = torch.addmm(y, state, from_state)
                z = torch.addmm(z, state, positive)
            hidden = scaled(z, y.relu())
        return hidden

    def lstm(self, input):
        network = self.network
        cell = network.cell
        from_input, from_state = network.kernel.detach().split([input.shape[1], cell], 1)
        positive = from_state[3 * cell :].clamp(min=0).t()
        with torch.no_grad():
            inputs = network.by_step(F.linear(input, from_input, self.b["cell"]))
        denominators = network.by_step(F.linear(input, from_input[3 * cell :].clamp(min=0)))
        c = h = None
        for sums, z in zip(inputs, denominators):
            with torch.no_grad():
                if h is not None:
                    sums = torch.addmm(sums, h, from_state.t())
                i, f, o = sums[:, : 3 * cell].sigmoid().chunk(3, 1)
                candidate = sums[:, 3 * cell :].relu()
            if h is not None:
                z = torch.addmm(z, h, positive)
            new = i * scaled(z, candidate)
            c = new if c is None else torch.addcmul(new, f, c)
            h = o * c
        return h

    def features(self, pixels, above, below):
        conv1, conv2 = self.network.conv1, self.network.conv2
        images = [last_channels(part) for part in (pixels, above, below)]
        weight = self.weight("conv1")
        with torch.no_grad():
            y = F.conv2d(images[0], weight, self.b["conv1"], padding=conv1.padding).relu_()
        # One convolution of two maps is both products.
        both = torch.cat([weight.clamp(min=0), weight.clamp(max=0)], 1)
        z = F.conv2d(torch.cat(images[1:], 1), both, padding=conv1.padding)
        maps = self.network.pool(scaled(z, y))
        weight = self.weight("conv2")
        with torch.no_grad():
            y = F.conv2d(maps, weight, self.b["conv2"], padding=conv2.padding).relu_()
        z = F.conv2d(maps, weight.clamp(min=0), padding=conv2.padding)
        return self.network.pool(scaled(z, y)).permute(0, 2, 3, 1).flatten(1)


def last_channels(pixels):
    return pixels.unsqueeze(1).contiguous(memory_format=torch.channels_last)


def scaled(z, y):
    """y as z times a constant; where z is 0 nothing is distributed."""
    return z * (y.detach() / z.detach()).nan_to_num_(0, 0, 0)


def undivided(z):
    """A denominator of 0 distributes nothing."""
    return z.masked_fill(z == 0, float("inf"))


class Unrolled(nn.Module):
    """Deep or ConvDeep with modules for each step, under zennit's rules."""

    def __init__(self, network):
        super().__init__()
        network.eval()
        self.network = network
        self.b = {name: nn.Parameter(bias.detach()) for name, bias in network.biases().items()}
        plus = {"stabilizer": undivided, "zero_params": "bias"}
        box = {"low": LOW, "high": HIGH, "stabilizer": undivided, "zero_params": "bias"}
        self.convolutions = None
        if isinstance(network, Convolutions):
            self.convolutions = nn.Sequential(
                *ruled(self.convolution("conv1"), ZBox(**box)),
                under(nn.AvgPool2d(2, ceil_mode=True, count_include_pad=False), Norm(stabilizer=undivided)),
                *ruled(self.convolution("conv2"), ZPlus(**plus)),
                under(nn.AvgPool2d(2, ceil_mode=True, count_include_pad=False), Norm(stabilizer=undivided)),
            )
        rule = ZPlus(**plus) if self.convolutions else ZBox(**box)
        self.input = nn.Sequential(*ruled(self.linear("input"), rule))
        steps = network.geometry["steps"]
        self.hidden = nn.ModuleList(nn.Sequential(*ruled(self.linear("hidden"), ZPlus(**plus))) for _ in range(steps))
        self.recurrent = nn.ModuleList(
            nn.Sequential(*ruled(self.linear("recurrent"), ZPlus(**plus))) for _ in range(steps - 1)
        )
        self.output = nn.Sequential(*ruled(self.linear("output"), ZPlus(**plus)))
        self.readout = under(self.linear("readout"), ZPlus(**plus))

    def linear(self, name):
        layer = getattr(self.network, name)
        linear = nn.Linear(layer.in_features, layer.out_features, device="meta")
        linear.weight, linear.bias = layer.weight, self.b[name]
        return linear

    def convolution(self, name):
        layer = getattr(self.network, name)
        convolution = nn.Conv2d(
            layer.in_channels, layer.out_channels, layer.kernel_size, padding=layer.padding, device="meta"
        )
        convolution.weight, convolution.bias = layer.weight, self.b[name]
        return convolution

    def forward(self, x):
        pixels = frames(x, self.network.geometry)
        features = pixels.flatten(1)
        if self.convolutions:
            features = self.convolutions(last_channels(pixels)).permute(0, 2, 3, 1).flatten(1)
        inputs = self.network.by_step(self.input(features))
        state = inputs[0].new_zeros(len(x), self.network.recurrent.out_features)
        for step, input in enumerate(inputs):
            hidden = self.hidden[step](torch.cat([input, state], 1))
            if step < len(self.recurrent):
                state = self.recurrent[step](hidden)
        return self.readout(self.output(hidden))

    def relevance(self, x, target):
        x = x.detach().requires_grad_()
        start = chosen(self(x), target)
        (relevance,) = torch.autograd.grad(start, x, start.detach().clamp(min=0))
        return relevance


def under(module, rule):
    """A module whose gradient is relevance by a rule."""
    rule.register(module)
    return module


def ruled(module, rule):
    return under(module, rule), under(nn.ReLU(), Pass())
