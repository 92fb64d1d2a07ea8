"""What Hypothesis tries without chance is the same whichever tests a worker had before."""

from hypothesis.internal.conjecture.providers import HypothesisProvider


def test_no_constants_of_loaded_modules_are_tried():
    assert len(HypothesisProvider(None)._local_constants) == 0
