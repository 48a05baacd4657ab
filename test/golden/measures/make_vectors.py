"""Writes quantus.json and captum.json beside itself; see README.md. Needs quantus, captum and torch."""
import json
import pathlib
import warnings

import captum.metrics
import numpy as np
import quantus
import torch

warnings.filterwarnings("ignore")
ROWS, COLUMNS, ITEMS, HIDDEN, CLASSES, LOW = 4, 6, 3, 5, 3, -1.0
rng = np.random.default_rng(7)
here = pathlib.Path(__file__).parent


def single(values):
    """Numbers that single precision holds, so that every program starts from the same."""
    return np.asarray(values, np.float32).astype(np.float64)


class Network(torch.nn.Module):
    """f = relu(x W + b) V + c, in double precision."""

    def __init__(self):
        super().__init__()
        size = ROWS * COLUMNS
        self.values = {
            "W": single(rng.normal(size=(size, HIDDEN)) / 2),
            "b": single(rng.normal(size=HIDDEN) / 2),
            "V": single(rng.normal(size=(HIDDEN, CLASSES))),
            "c": single(rng.normal(size=CLASSES)),
        }
        self.w = {name: torch.tensor(value) for name, value in self.values.items()}

    def forward(self, x):
        flat = x.reshape(x.shape[0], -1).double()
        return torch.relu(flat @ self.w["W"] + self.w["b"]) @ self.w["V"] + self.w["c"]


network = Network().eval()
BATCH = 4
x = single(rng.uniform(-1, 1, (BATCH, 1, ROWS, COLUMNS)))
target = np.array([0, 2, 1, 0])
rows = np.arange(BATCH)


def gradient_times_input(at, of):
    at = torch.tensor(np.asarray(at, np.float64), requires_grad=True)
    with torch.enable_grad():  # captum's sensitivity asks without
        chosen = network(at)[torch.arange(at.shape[0]), torch.as_tensor(of)]
        return (torch.autograd.grad(chosen.sum(), at)[0] * at).detach().numpy()


def flat(values):
    """Nested lists, with null for what is no number."""
    array = np.asarray(values, np.float64)
    array = array.reshape(array.shape[0], -1) if array.ndim > 2 else array
    return [[None if not np.isfinite(v) else float(v) for v in row] if array.ndim > 1
            else (None if not np.isfinite(row) else float(row)) for row in array]


def background(arr, indices, **_):
    changed = arr.copy()
    changed[np.arange(len(arr))[:, None], indices] = LOW
    return changed


# Maps of one sequence each, and the relevant items.
size = ROWS * COLUMNS
noise = single(rng.normal(size=size))
names = ["positive", "signed", "ties", "zeros", "negative", "one pixel", "no relevant item", "all relevant"]
maps = np.stack([np.abs(noise), noise, np.round(single(rng.uniform(0, 3, size))), np.zeros(size), -np.abs(noise),
                 np.eye(size)[9], np.abs(noise), np.abs(noise)])
relevant = np.array([[1, 0, 1], [1, 1, 0], [0, 1, 1], [1, 0, 1], [1, 0, 1], [0, 1, 1], [0, 0, 0], [1, 1, 1]])
mask = np.repeat(relevant[:, None, :], ROWS, 1).repeat(COLUMNS // ITEMS, 2)[:, None]
same = np.zeros((len(names), 1, ROWS, COLUMNS)) + x[0]
plain = dict(normalise=False, disable_warnings=True)


def of_maps(metric):
    """All maps in one batch: alone, Quantus refuses a map that is everywhere the same."""
    values = metric(model=network, x_batch=same, y_batch=np.zeros(len(names), int),
                    a_batch=maps.reshape(-1, 1, ROWS, COLUMNS).copy(), s_batch=mask)
    return [float(v) if np.isfinite(float(v)) else None for v in np.array(values, np.float64).reshape(len(names))]


relevance = gradient_times_input(x, target)
common = dict(model=network, x_batch=x, y_batch=target, a_batch=relevance, softmax=False, channel_first=True)
steps = quantus.PixelFlipping(features_in_step=3, perturb_func=background, **plain)(**common)

drawn = []
choice = np.random.choice


def recorded(n, k, replace):
    drawn.append([int(i) for i in choice(n, k, replace=replace)])
    return np.array(drawn[-1])


RUNS, SUBSET = 20, 7
np.random.seed(3)
np.random.choice = recorded
correlations = quantus.FaithfulnessCorrelation(
    nr_runs=RUNS, subset_size=SUBSET, perturb_func=background, similarity_func=quantus.similarity_func.correlation_pearson,
    abs=False, return_aggregate=False, **plain)(**common)
drawn_zero = drawn
np.random.choice = choice
constant = quantus.FaithfulnessCorrelation(
    nr_runs=RUNS, subset_size=SUBSET, perturb_func=background, similarity_func=quantus.similarity_func.correlation_pearson,
    abs=False, return_aggregate=False, **plain)(**{**common, "a_batch": np.concatenate([np.full_like(relevance[:1], 0.1), relevance[1:]])})

shifts = single(rng.uniform(-0.02, 0.02, (3, BATCH, size)))
turn = {"at": 0}


def shifted(arr, **_):
    turn["at"] += 1
    return arr + shifts[(turn["at"] - 1) % 3]


explain = dict(explain_func=lambda model, inputs, targets, **_: gradient_times_input(inputs, targets))
sensitivity = quantus.MaxSensitivity(nr_samples=3, perturb_func=shifted, **plain)(**common, **explain)
exact = relevance + ((network(torch.tensor(x)).numpy() - network(torch.full((BATCH, 1, ROWS, COLUMNS), LOW)).numpy())[rows, target]
                     - relevance.reshape(BATCH, -1).sum(1)).reshape(-1, 1, 1, 1) / size
completeness = {name: [bool(v) for v in quantus.Completeness(perturb_func=background, abs=False, **plain)(**{**common, "a_batch": a})]
                for name, a in {"gradientTimesInput": relevance, "exact up to rounding": exact}.items()}

about = {
    "rows": ROWS, "columns": COLUMNS, "items": ITEMS, "low": LOW,
    "network": {name: flat(value) for name, value in network.values.items()},
    "x": flat(x), "target": target.tolist(), "relevance": flat(relevance),
    "f": flat(network(torch.tensor(x)).numpy()[rows, target]),
}
written = {
    **about,
    "maps": {"names": names, "relevant": relevant.tolist(), "values": flat(maps)},
    "relevanceMassAccuracy": of_maps(quantus.RelevanceMassAccuracy(abs=False, **plain)),
    "relevanceMassAccuracyAbsolute": of_maps(quantus.RelevanceMassAccuracy(abs=True, **plain)),
    "relevanceRankAccuracy": of_maps(quantus.RelevanceRankAccuracy(abs=False, **plain)),
    "relevanceRankAccuracyAbsolute": of_maps(quantus.RelevanceRankAccuracy(abs=True, **plain)),
    "pointingGame": of_maps(quantus.PointingGame(abs=False, **plain)),
    "pointingGameAbsolute": of_maps(quantus.PointingGame(abs=True, **plain)),
    "auc": of_maps(quantus.AUC(abs=False, **plain)),
    "sparseness": of_maps(quantus.Sparseness(abs=True, **plain)),
    "sparsenessSigned": of_maps(quantus.Sparseness(abs=False, **plain)),
    "pixelFlipping": {"featuresInStep": 3, "values": flat(np.array(steps))},
    "faithfulnessCorrelation": {"subsets": np.array(drawn_zero).reshape(RUNS, BATCH, SUBSET).tolist(),
                                "values": flat(np.array(correlations)), "ofConstant": flat(np.array(constant))},
    "maxSensitivity": {"shifts": [flat(s) for s in shifts],
                       "perturbed": [flat(gradient_times_input(x + s.reshape(x.shape), target)) for s in shifts],
                       "values": flat(np.array(sensitivity))},
    "completeness": completeness,
}
(here / "quantus.json").write_text(json.dumps(written) + "\n")

# Captum perturbs inputs of its own order: all copies of a sequence side by side.
DRAWS = 12
removed = (rng.uniform(size=(DRAWS, BATCH, size)) < rng.uniform(0.1, 0.9, (DRAWS, 1, 1))).astype(np.float64)
place = {"at": 0}


def remove(inputs):
    flags = removed[place["at"]].reshape(x.shape)
    place["at"] += 1
    # Relevance is a contribution already: the perturbation is the mask, what becomes of the input its background.
    return torch.tensor(flags), torch.where(torch.tensor(flags) == 1, torch.tensor(LOW).double(), inputs)


def infidelity(of, normalize):
    place["at"] = 0
    # One draw at a time, so that each is known.
    return captum.metrics.infidelity(network, remove, torch.tensor(x), torch.tensor(of), target=torch.tensor(target),
                                     n_perturb_samples=DRAWS, max_examples_per_batch=BATCH, normalize=normalize)


captum_turn = {"at": 0}


def shift(inputs):
    captum_turn["at"] += 1
    return inputs + torch.tensor(shifts[captum_turn["at"] - 1].reshape(x.shape))


def captum_sensitivity(explain_tensor):
    captum_turn["at"] = 0
    return captum.metrics.sensitivity_max(explain_tensor, torch.tensor(x), perturb_func=shift, n_perturb_samples=3,
                                          max_examples_per_batch=BATCH)


def pixels(inputs):
    """captum gives a tuple for the inputs and a tensor for what it made of them."""
    return inputs[0] if isinstance(inputs, tuple) else inputs


def explained(inputs):
    return torch.tensor(gradient_times_input(pixels(inputs), target))


zero_at = torch.tensor(x)
written = {
    **about,
    "removed": [flat(r) for r in removed],
    "infidelity": flat(infidelity(relevance, False).numpy()),
    "infidelityNormalized": flat(infidelity(relevance, True).numpy()),
    "infidelityNormalizedOfZeros": flat(infidelity(np.zeros_like(relevance), True).numpy()),
    "infidelityNormalizedOfOnes": flat(infidelity(np.ones_like(relevance), True).numpy()),
    "shifts": [flat(s) for s in shifts],
    "perturbed": [flat(gradient_times_input(x + s.reshape(x.shape), target)) for s in shifts],
    "sensitivityMax": flat(captum_sensitivity(lambda inputs: (explained(inputs),)).numpy()),
    # The same, not in a tuple, as its documentation allows.
    "sensitivityMaxOfTensor": flat(captum_sensitivity(explained).numpy()),
    # Relevance 0 at the sequence and 100 everywhere near it.
    "sensitivityMaxFromZeros": flat(captum_sensitivity(lambda inputs: (100 * ((pixels(inputs) - zero_at) != 0).double(),)).numpy()),
}
(here / "captum.json").write_text(json.dumps(written) + "\n")
for name in ("relevanceMassAccuracy", "relevanceRankAccuracy", "pointingGame", "auc", "sparseness", "sparsenessSigned"):
    quantus_values = json.loads((here / "quantus.json").read_text())[name]
    print(name, dict(zip(names, quantus_values)))
print({k: v for k, v in written.items() if "nfid" in k or "ensitivityMax" in k})
print(completeness, correlations, constant, sensitivity)
print(quantus.__version__, captum.__version__, torch.__version__, np.__version__)
