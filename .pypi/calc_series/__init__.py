"""Runs calc-series from Python: the program does the work, and its JSON comes back as objects."""

import json
import os
import shutil
import subprocess
import sysconfig


class CalcSeriesError(RuntimeError):
    """The program refused its input; the message says what, where, and what to do."""


def program():
    """The path of the program: the one that was installed with this package, else the one of the PATH."""
    name = "calc-series" + (".exe" if os.name == "nt" else "")
    installed = os.path.join(sysconfig.get_path("scripts"), name)
    found = installed if os.path.isfile(installed) else shutil.which("calc-series")
    if found is None:
        raise CalcSeriesError("the program calc-series was not found")
    return found


def _words(options):
    """`by="sex"` is `--by=sex`, `where=...` is `--where=...`; True is the option alone, a list is given repeatedly."""
    for name, value in options.items():
        option = "--" + name.rstrip("_").replace("_", "-")
        for one in value if isinstance(value, (list, tuple)) else [value]:
            if one is True:
                yield option
            elif one is not None and one is not False:
                yield f"{option}={one}"


def summarize(*paths, **options):
    """The summary of files of cases as a dict: inputs, conventions, results, findings.

    `options` are those of `calc-series summarize`, with underscores: `summarize("cases.csv", by="sex", tests=True)`.
    Raises CalcSeriesError with the program's message where it refuses.
    Warnings are in `findings`, and are not printed.
    """
    line = [program(), "summarize", *map(os.fspath, paths), "--json", *_words(options)]
    ran = subprocess.run(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    # 1 is "ran, and found something": --strict with a warning.
    if ran.returncode not in (0, 1):
        raise CalcSeriesError(ran.stderr.decode("utf-8", "replace").strip())
    return json.loads(ran.stdout)


def results(*paths, **options):
    """The results by their key: `results("cases.csv")["age.mean"]["stat"]`."""
    return {row["key"]: row for row in summarize(*paths, **options)["results"]}
