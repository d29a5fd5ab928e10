"""Acts: what an editor may do from a desk page."""

from collections.abc import Mapping

from briefbook.desk.state import DeskState, Outcome
from briefbook.problems import Place, error


def act(state: DeskState, form: Mapping[str, str]) -> Outcome:
    """Perform one act of the editor.

    Args:
        state: The site as it was last built; its `now` is the time of the act.
        form: The fields of the form, of each name the last value; without the token.
    """
    said = error(Place("the form"), "there is no such act", "go back to the page it came from")
    return Outcome(problems=(said,))
