"""Half of the classes to choose settings by, the other half to report."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gallerynet.core.search.index import Vector

Labels = NDArray[np.str_]


@dataclass(frozen=True)
class Labelled:
    """Unit vectors, shape (n, dimensions), and the label of each."""

    vectors: Vector
    labels: Labels

    def of_classes(self, names: Labels) -> "Labelled":
        inside = np.isin(self.labels, names)
        return Labelled(self.vectors[inside], self.labels[inside])


def halves(pictures: Labelled) -> tuple[Labelled, Labelled]:
    """Every second class by name, and the others: to choose by, and to report."""
    names = np.unique(pictures.labels)
    return pictures.of_classes(names[0::2]), pictures.of_classes(names[1::2])
