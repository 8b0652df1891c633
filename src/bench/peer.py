#!/usr/bin/env python3
"""Measures PyTorch on this machine as submit/bench measures convoy: the networks of conf/seed.conf.

    pip install torch --index-url https://download.pytorch.org/whl/cpu
    python3 src/bench/peer.py > peer.csv
    submit/bench --peer peer.csv

Run by hand: convoy needs no Python. Each mode of PyTorch is a column: float32; float32 with images and
convolutions in the channels-last format; and bfloat16 by autocast, channels last, with parameters and
Adam in float32. The modes are timed by turns, and the figures are medians. The loss takes the logits,
as autocast wants it.

Options: --networks A,B  these alone; --repeats N  turns of each, 3; --fused  Adam's fused kernel, which
PyTorch does not take by itself.
"""

import argparse
import contextlib
import os
import statistics
import sys
import time

import torch
from torch import nn

HEIGHT, WIDTH = 94, 125
LEARNING_RATE = 1e-4

# Images a minibatch, filters of the 3 x 3 convolutions (each with a max pooling of 2 x 2), dense units.
NETWORKS = {
    "mlp": (32, [], [512]),
    "conv24": (32, [24], [128, 128]),
    "conv48x2": (64, [48, 48], [256, 256]),
    "conv128x2": (64, [128, 128], [256, 256]),
    "conv64-128": (64, [64, 128], [512, 512]),
}

# Memory format, and whether autocast computes in bfloat16.
MODES = {
    "PyTorch float32": (torch.contiguous_format, False),
    "PyTorch channels last": (torch.channels_last, False),
    "PyTorch bfloat16": (torch.channels_last, True),
}

# A turn is as many steps as take about so long, and one at least.
TURN_SECONDS = 0.5


def network(filters, units):
    layers = []
    channels, height, width = 3, HEIGHT, WIDTH
    for each in filters:
        layers += [nn.Conv2d(channels, each, 3), nn.ReLU(), nn.MaxPool2d(2)]
        channels, height, width = each, (height - 2) // 2, (width - 2) // 2
    layers.append(nn.Flatten())
    inputs = channels * height * width
    for each in units:
        layers += [nn.Linear(inputs, each), nn.ReLU()]
        inputs = each
    return nn.Sequential(*layers, nn.Linear(inputs, 1))


class Mode:
    """One network in one mode of PyTorch, on a minibatch of random images."""

    def __init__(self, batch, filters, units, memory_format, half, fused):
        torch.manual_seed(1)
        self.half = half
        self.images = torch.rand(batch, 3, HEIGHT, WIDTH).contiguous(memory_format=memory_format)
        self.labels = torch.randint(0, 2, (batch, 1)).float()
        self.network = network(filters, units).to(memory_format=memory_format)
        options = {"fused": True} if fused else {}
        self.adam = torch.optim.Adam(self.network.parameters(), lr=LEARNING_RATE, **options)
        self.loss = nn.BCEWithLogitsLoss()

    def arithmetic(self):
        return torch.autocast("cpu", torch.bfloat16) if self.half else contextlib.nullcontext()

    def training_step(self):
        self.adam.zero_grad()
        with self.arithmetic():
            loss = self.loss(self.network(self.images), self.labels)
        loss.backward()
        self.adam.step()

    def inference(self):
        with torch.inference_mode(), self.arithmetic():
            torch.sigmoid(self.network(self.images))


def seconds(work, times):
    start = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - start) / times


def medians(works, repeats):
    """Seconds a time of each, by turns, after one time that does not count and one that is a guess."""
    for work in works:
        work()
    times = [max(1, round(TURN_SECONDS / seconds(work, 1))) for work in works]
    turns = [[seconds(*each) for each in zip(works, times)] for _ in range(repeats)]
    return [statistics.median(each) for each in zip(*turns)]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--networks", default=",".join(NETWORKS), metavar="A,B")
    parser.add_argument("--repeats", type=int, default=3, metavar="N")
    parser.add_argument("--fused", action="store_true")
    options = parser.parse_args()
    threads = len(os.sched_getaffinity(0))
    torch.set_num_threads(threads)
    print(f"PyTorch {torch.__version__}, {threads} threads", file=sys.stderr)
    print(",".join(["measure", "network", "unit", *MODES]))
    for name in options.networks.split(","):
        batch, filters, units = NETWORKS[name]
        modes = [Mode(batch, filters, units, *mode, options.fused) for mode in MODES.values()]
        for measure in ("training_step", "inference"):
            works = [getattr(mode, measure) for mode in modes]
            rates = [f"{batch / each:.1f}" for each in medians(works, options.repeats)]
            print(",".join([measure, name, "images/s", *rates]), flush=True)


if __name__ == "__main__":
    main()
