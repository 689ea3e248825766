"""What one reader of names costs in a process of its own: start-up, characters a CPU second, memory.

`python -m train.speed names < texts.json`, in scripts/, with a JSON list of texts, prints a JSON object; `posseg` in
the place of `names` measures jieba.posseg, whose parts of speech tell names too, for a ratio.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable


def reader(name: str) -> Callable[[str], object]:
    """What reads one text: the names stage, or jieba.posseg. Imports only what it needs."""
    if name == "names":
        from banmian.names import read_names
        from banmian.pipeline.texts import article_of

        return lambda text: read_names([article_of(text)], None)
    import jieba.posseg

    return lambda text: list(jieba.posseg.cut(text))


def main(name: str) -> None:
    """Print {"startup": CPU seconds with the first text, "speed": characters a CPU second, "memory": MiB at most}."""
    texts = json.load(sys.stdin)
    read = reader(name)
    read(texts[0])
    started = time.process_time()
    for text in texts:
        read(text)
    seconds = time.process_time() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"startup": started, "speed": sum(map(len, texts)) / seconds, "memory": memory}))


if __name__ == "__main__":
    main(sys.argv[1])
