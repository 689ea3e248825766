"""Line ends weighed together with those beside them: what stands alone."""

import pytest
from banmian.page.alone import End, coupled

ON, OFF = 8.0, -8.0


@pytest.mark.parametrize(
    ("ends", "least", "most"),
    [
        # A line without a stop that surely goes on below goes on from above as it did.
        ([End(0, 0.5, False, False), End(1, ON, True, False)], 0.0, 1.0),
        # One that surely ends below rather begins there too.
        ([End(0, 0.5, False, False), End(1, OFF, True, False)], -6.0, -2.0),
        # Where it ends with a stop that tells nothing.
        ([End(0, 0.5, False, False), End(1, OFF, False, False)], 0.4, 0.6),
        # Nothing can go on from the line below.
        ([End(0, 0.5, False, True)], -6.0, -2.0),
        # A gap between line ends parts them.
        ([End(0, 0.5, False, False), End(2, OFF, True, False)], 0.4, 0.6),
        # What is sure stays sure.
        ([End(0, 20.0, False, False), End(1, OFF, True, False)], 10.0, 20.0),
    ],
)
def test_what_a_line_end_is_worth_beside_another(ends, least, most) -> None:
    assert least <= coupled(ends)[0] <= most


def test_a_page_that_lost_its_stops_tells_less_of_lines_that_stand_alone() -> None:
    lost = [End(3 * at + one, ON if one == 0 else OFF, one == 1, False) for at in range(20) for one in (0, 1)]
    doubtful = [End(100, 0.5, False, False), End(101, OFF, True, False)]
    assert coupled([*lost, *doubtful])[-2] > coupled(doubtful)[0] + 1.0


def test_without_line_ends_there_is_nothing_to_weigh() -> None:
    assert coupled([]) == []
