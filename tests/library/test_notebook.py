"""The notebooks among the examples run as they stand, and every cell shows something of its own."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat", reason="nbclient is not installed: pip install '.[notebook]'")
nbclient = pytest.importorskip("nbclient", reason="nbclient is not installed: pip install '.[notebook]'")
pytest.importorskip("ipykernel", reason="ipykernel is not installed: pip install '.[notebook]'")
pytest.importorskip("pandas", reason="pandas is not installed: pip install '.[exports]'")

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.ipynb"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@pytest.mark.filterwarnings("default")  # the client's and the kernel's own
def test_a_notebook_runs(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(one for one in sys.path if one))
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    notebook = nbformat.read(path, as_version=4)
    assert [cell.outputs for cell in notebook.cells if cell.cell_type == "code"] == [[]] * 9
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3", resources={}).execute(cwd=str(tmp_path))
    outputs = [out for cell in notebook.cells for out in cell.get("outputs", ())]
    shown = [out.get("data", {}).get("text/html", "") for out in outputs]
    ours = [html for html in shown if html.startswith('<div class="rashomon">')]
    assert [("<svg" in html, "Who says what" in html, "In which words" in html) for html in ours] == [
        (False, True, False),
        (False, False, False),
        (True, False, False),
        (False, False, True),
    ]
    printed = [out.text for out in outputs if out.output_type == "stream"]
    (told,) = printed
    then, now = map(int, re.fullmatch(r"(\d+) incidents at revision 10, (\d+) at 22\n", told).groups())  # type: ignore[union-attr]
    assert 0 < then < now
