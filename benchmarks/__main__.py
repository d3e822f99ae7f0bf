"""``python -m benchmarks [NAME...]``: runs the benchmarks, all or those named, and prints their tables.

Absolute figures are this machine's. What can be compared are the ratios: each stands in one run with its floor.
"""

import importlib
import os
import pkgutil
import sys

import benchmarks


def main(names: list[str]) -> None:
    known = [module.name for module in pkgutil.iter_modules(benchmarks.__path__) if not module.name.startswith("_")]
    unknown = [name for name in names if name not in known]
    if unknown:
        sys.exit(f"There is no benchmark {unknown[0]!r}. There are: {', '.join(known)}.")
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}")
    for name in names or known:
        module = importlib.import_module(f"benchmarks.{name}")
        if not names and getattr(module, "WHEN_NAMED", False):
            continue
        print(f"\n## {name}\n\n{module.__doc__}\n")
        module.run()


if __name__ == "__main__":
    main(sys.argv[1:])
