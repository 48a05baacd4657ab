"""Holds one network and answers requests, a line of JSON each, over standard input and output."""

import copy
import json
import os
import platform
import sys
import time
from pathlib import Path

answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
# Whatever else is printed goes to standard error.
os.dup2(2, 1)

import numpy as np  # noqa: E402
import safetensors.torch  # noqa: E402
import torch  # noqa: E402

import explanations  # noqa: E402
from networks import NETWORKS, evidence_loss  # noqa: E402

LEARNING_RATE = 2e-4


class Server:
    def __init__(self):
        self.network = None

    def versions(self, _request):
        from importlib.metadata import version

        return {
            "python": platform.python_version(),
            "torch": torch.__version__,
            "zennit": version("zennit") if explanations.zennit else None,
        }

    def threads(self, request):
        torch.set_num_threads(request["count"])
        return {}

    def load(self, request):
        network = NETWORKS[request["network"]](request["geometry"], request["units"], request["keep"])
        network.load(safetensors.torch.load_file(request["parameters"]))
        self.network = network.eval()
        return {}

    def logits(self, request):
        with torch.inference_mode():
            write(request["out"], self.network(read(request)))
        return {}

    def gradients(self, request):
        biases = self.network.biases()
        loss = evidence_loss(self.network(read(request), biases), labels(request))
        sources, namings = zip(*self.network.sources(biases))
        # With one step nothing is recurrent, and a parameter may take no part.
        gradients = torch.autograd.grad(loss, sources, allow_unused=True, materialize_grads=True)
        named = {}
        for gradient, naming in zip(gradients, namings):
            named.update({name: part.contiguous() for name, part in naming(gradient).items()})
        safetensors.torch.save_file(named, request["out"])
        return {"loss": loss.item()}

    def engines(self, request):
        return {"engines": explanations.engines(self.network, request["method"])}

    def explain(self, request):
        explain = explanations.explainer(self.network, request["method"], request.get("engine", "autograd"))
        write(request["out"], explain(read(request), labels(request)))
        return {}

    def time_step(self, request):
        # A copy is trained, so that what is loaded stays as it is.
        network = copy.deepcopy(self.network).train()
        optimizer = torch.optim.Adam(network.parameters(), lr=LEARNING_RATE, fused=True)
        x, target = self.random_batch(request["batch"])

        def step():
            optimizer.zero_grad()
            evidence_loss(network(x), target).backward()
            optimizer.step()

        return {"milliseconds": timed(step, request)}

    def time_explain(self, request):
        explain = explanations.explainer(self.network, request["method"], request.get("engine", "autograd"))
        x, target = self.random_batch(request["batch"])
        return {"milliseconds": timed(lambda: explain(x, target), request)}

    def product(self, request):
        size = request["size"]
        left, right = torch.rand(size, size), torch.rand(size, size)
        with torch.inference_mode():
            return {"milliseconds": timed(lambda: left @ right, request)}

    def memory(self, _request):
        try:
            # Unlike the resource usage, leaves out what the process was forked from.
            status = Path("/proc/self/status").read_text()
            return {"peakBytes": int(status.split("VmHWM:")[1].split()[0]) * 1024}
        except OSError:
            pass
        try:
            import resource
        except ImportError:
            return {"peakBytes": None}
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return {"peakBytes": peak if sys.platform == "darwin" else peak * 1024}

    def random_batch(self, size):
        geometry = self.network.geometry
        x = torch.rand(size, geometry["rows"], geometry["steps"] * geometry["stepColumns"]) * 2 - 1
        return x, torch.arange(size) % geometry["classes"]


def timed(run, request):
    repeat(run, request["warmup"], request.get("warmupMilliseconds", 0))
    return repeat(run, request["repeats"], request.get("milliseconds", 0))


def repeat(run, count, at_least):
    """The milliseconds of each run: of so many, and of more until they took so long."""
    milliseconds = []
    began = time.perf_counter()
    while len(milliseconds) < count or (time.perf_counter() - began) * 1000 < at_least:
        start = time.perf_counter()
        run()
        milliseconds.append((time.perf_counter() - start) * 1000)
    return milliseconds


def read(request):
    return torch.from_numpy(np.fromfile(request["x"], "<f4").reshape(request["shape"]))


def labels(request):
    return torch.tensor(request["labels"])


def write(path, values):
    values.detach().contiguous().numpy().astype("<f4", copy=False).tofile(path)


REQUESTS = {
    "versions": Server.versions,
    "threads": Server.threads,
    "load": Server.load,
    "logits": Server.logits,
    "gradients": Server.gradients,
    "engines": Server.engines,
    "explain": Server.explain,
    "time-step": Server.time_step,
    "time-explain": Server.time_explain,
    "product": Server.product,
    "memory": Server.memory,
}


def answer(server, line):
    request = {}
    try:
        request = json.loads(line)
        return {"id": request.get("id"), **REQUESTS[request["do"]](server, request)}
    except Exception as error:
        return {"id": request.get("id"), "error": f"{type(error).__name__}: {error}"}


if __name__ == "__main__":
    server = Server()
    for line in sys.stdin:
        print(json.dumps(answer(server, line)), file=answers, flush=True)
