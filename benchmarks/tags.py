"""Learning a tag in a large library: the fit, and the whole of ``learnTag``, which scores and writes all items.

The floor of the whole is one product of all vectors with one vector; that of the fit is scikit-learn's one regression
of the same data, where ours makes six side by side.
"""

import time

import numpy as np
import sqlalchemy as sa
from sklearn.linear_model import LogisticRegression

from benchmarks._library import fill
from benchmarks._tools import empty_library, interleaved, table
from benchmarks._vectors import library_vectors
from gallerynet.core.database.tables import media, media_neighbours
from gallerynet.core.library import Library
from gallerynet.core.search.index import Vector
from gallerynet.core.tags.learning import STRENGTH, learn
from gallerynet.core.tags.models import give
from gallerynet.core.tags.neighbours import LINKS

SIZES = (10_000, 100_000)
EXAMPLES = (5, 10, 50)


def run() -> None:
    fits: list[list[object]] = []
    runs: list[list[object]] = []
    for count in SIZES:
        with empty_library() as library:
            vectors = library_vectors(count)
            fill(library, vectors)
            _link(library, vectors)
            fits = [_fit(vectors, examples) for examples in EXAMPLES]
            runs.append(_learn(library, vectors))
    table(["examples", "background", "one regression, ms", "learn, ms", "ratio"], fits)
    print()
    table(["items", "product, ms", "learn, ms", "ratio", "tag written on all, ms", "review, ms"], runs)


def _link(library: Library, vectors: Vector) -> None:
    """Neighbours at random: as many, and as dear to use, as true ones."""
    random = np.random.default_rng(5)
    rows = [
        {
            "media_key": key,
            "embedding_model": library.embedder.manifest.sha256,
            "neighbours": random.integers(1, len(vectors) + 1, LINKS).astype("<i8").tobytes(),
            "cosines": np.full(LINKS, 0.6, dtype="<f4").tobytes(),
        }
        for key in range(1, len(vectors) + 1)
    ]
    with library.database.write() as tx:
        tx.execute(sa.insert(media_neighbours), rows)


def _fit(vectors: Vector, examples: int) -> list[object]:
    features = vectors[: 1_000 + examples]
    labels = np.arange(len(features)) < examples
    shares = np.where(labels, STRENGTH / examples, STRENGTH / 1_000)
    groups = np.arange(examples)
    times = interleaved(
        15,
        one=lambda: LogisticRegression(C=1.0, tol=1e-3, max_iter=200).fit(features, labels, sample_weight=shares),
        ours=lambda: learn(features[:examples], features[:0], features[examples:], groups),
    )
    return [examples, 1_000, 1000 * times["one"], 1000 * times["ours"], times["ours"] / times["one"]]


def _learn(library: Library, vectors: Vector) -> list[object]:
    alike = np.argsort(-(vectors @ vectors[0]))[:60] + 1
    with library.database.read() as connection:
        ids = dict(connection.execute(sa.select(media.c.key, media.c.id)).tuples().all())
    library.tags.edit([ids[int(key)] for key in alike[::6]], ["benchmark"], [])
    tag = library.learner.learn("benchmark").tag  # reads the likeness graph, once
    times = interleaved(5, product=lambda: vectors @ vectors[0], learn=lambda: library.learner.learn("benchmark"))
    everything = dict.fromkeys(range(1, len(vectors) + 1), 0.9)
    start = time.perf_counter()
    with library.database.write() as tx:
        give(tx, tag.key, everything)
    written = time.perf_counter() - start
    library.learner.learn("benchmark")
    queue = library.questions.queue(tag, 5)
    start = time.perf_counter()
    library.learner.review(tag.id, [], [question.media.id for question in queue])
    review = time.perf_counter() - start
    return [
        len(vectors),
        1000 * times["product"],
        1000 * times["learn"],
        times["learn"] / times["product"],
        1000 * written,
        1000 * review,
    ]
