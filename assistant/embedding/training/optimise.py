"""The training loop: cosine of bag means, in-batch negatives, loss in both directions; and the lessons of a teacher."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.embedding.training.batches import Bags, Batches
from assistant.embedding.training.lessons import Lessons


@dataclass(frozen=True, slots=True)
class Plan:
    """The numbers of a training run."""

    dimension: int = 256
    steps: int = 1000
    rate: float = 0.008
    scale: float = 20.0
    smoothing: float = 1e-3  # of the first weights: a piece of probability p starts at smoothing / (smoothing + p)
    seed: int = 13
    taught: int = 1024  # texts of the lessons in a step
    heed: float = 8.0  # weight of the lessons beside the pairs


def train(batches: Batches, lessons: Lessons | None, size: int, plan: Plan) -> NDArray[np.float32]:
    """Vectors of shape (size, dimension), trained for ``plan.steps`` batches."""
    import torch  # heavy, and only this module needs it

    torch.set_num_threads(2)
    torch.manual_seed(plan.seed)
    table = torch.nn.EmbeddingBag.from_pretrained(_first_weights(batches, size, plan), freeze=False, mode="mean")
    optimiser = torch.optim.Adam(table.parameters(), lr=plan.rate, betas=(0.9, 0.99), fused=True)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, max_lr=plan.rate, total_steps=plan.steps, pct_start=0.05, cycle_momentum=False
    )
    rng = np.random.default_rng(plan.seed)
    started, running = time.monotonic(), 0.0
    for step in range(1, plan.steps + 1):
        batch = batches.draw()
        questions, passages = _vectors(table, batch.questions), _vectors(table, batch.passages)
        loss = _loss(questions, passages, torch.from_numpy(batch.groups), plan.scale)
        if lessons is not None:
            rows = rng.integers(0, len(lessons.places), plan.taught)
            bags = lessons.bags.take(rows, batches.longest, rng)
            bags = bags.where(rng.random(len(bags.flat)) >= batches.dropped)
            loss = loss + plan.heed * _distance(_vectors(table, bags), torch.from_numpy(lessons.places[rows]), plan.scale)
        optimiser.zero_grad(set_to_none=False)
        loss.backward()
        optimiser.step()
        schedule.step()
        running += float(loss.detach())
        if step % 100 == 0:
            print(f"step {step}: loss {running / 100:.3f}, {time.monotonic() - started:.0f} s", file=sys.stderr)
            running = 0.0
    weights: NDArray[np.float32] = table.weight.detach().numpy()
    return weights


def _first_weights(batches: Batches, size: int, plan: Plan) -> Any:
    """Random directions; frequent pieces start short (smooth inverse frequency, Arora et al. 2017)."""
    import torch

    counts = batches.piece_counts(size).astype(np.float64) + 1
    share = counts / counts.sum()
    lengths = plan.smoothing / (plan.smoothing + share)
    directions = np.random.default_rng(plan.seed).standard_normal((size, plan.dimension)) / np.sqrt(plan.dimension)
    return torch.from_numpy((directions * lengths[:, None]).astype(np.float32))


def _vectors(table: Any, bags: Bags) -> Any:
    import torch

    means = table(torch.from_numpy(bags.flat), torch.from_numpy(bags.offsets[:-1]))
    return torch.nn.functional.normalize(means, dim=1)


def _distance(found: Any, taught: Any, scale: float) -> Any:
    """How far texts are from where they belong, and their likeness to all others from what it should be."""
    import torch

    likeness = torch.log_softmax(found @ taught.T * scale, 1)
    wanted = torch.softmax(taught @ taught.T * scale, 1)
    return 1 - (found * taught).sum(1).mean() + torch.nn.functional.kl_div(likeness, wanted, reduction="batchmean")


def _loss(questions: Any, passages: Any, groups: Any, scale: float) -> Any:
    import torch

    pairs = len(questions)
    scores = questions @ passages.T * scale
    same = groups[:pairs, None] == groups[None, :]
    same.fill_diagonal_(False)
    scores = scores.masked_fill(same, float("-inf"))
    target = torch.arange(pairs)
    entropy = torch.nn.functional.cross_entropy
    return (entropy(scores, target) + entropy(scores[:, :pairs].T, target)) / 2
