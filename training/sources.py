"""Score the types of sources on the gold's source names: `python -m training.sources`.

Persons by name are left out: their type rests on the names found, not on words. A gold name may hold a reader's remarks
after " /", ";" or " (": these are cut off.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from pathlib import Path

from tellings.reading.source_types import source_type

GOLD = Path(os.environ.get("TELLINGS_GOLD", "../shared/gold"))
TYPES = {"role only": "role", "public/collective": "collective", "media outlet": "outlet"}
_REMARK = re.compile(r" /|;| \(")


def main() -> None:
    """Print the share of right types, for each type and for all."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for folder in ("basil", "allsides", "gva"):
        for path in sorted((GOLD / folder).glob("*.json")):
            story = json.loads(path.read_text(encoding="utf-8"))
            for source in (one for account in story.get("sources", {}).values() for one in account):
                wanted = TYPES.get(source["type"], source["type"])
                if wanted == "named person":
                    continue
                found = source_type(_REMARK.split(source["name"])[0])
                for name in (wanted, "all"):
                    total[name] += 1
                    right[name] += found == wanted
    for name, count in total.most_common():
        print(f"{name:<14}{right[name] / count:>6.3f}{count:>7}")


if __name__ == "__main__":
    main()
