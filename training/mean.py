"""The mean of several runs' weights: ``python training/mean.py OUT.pt WEIGHTS.pt …``; one named twice counts twice."""

from __future__ import annotations

import sys
from pathlib import Path

import torch

from export import averaged

if __name__ == "__main__":
    torch.save(averaged([Path(name) for name in sys.argv[2:]]), sys.argv[1])
