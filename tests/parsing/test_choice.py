from briefbook.parsing.choice import Scale, choose, load

SCALE = Scale(signs={"good": 300, "fair": 100, "bad": -300}, least=50)


def test_the_candidate_with_the_most_weight_wins() -> None:
    chosen = choose(SCALE, [["fair"], ["good", "unknown"], ["bad"]], ["a", "b", "c"])
    assert chosen is not None
    assert chosen.place == 1
    assert 0.5 < chosen.sure < 1


def test_none_is_chosen_that_is_not_sure() -> None:
    assert choose(SCALE, [["bad"], []], ["a", "b"]) is None
    assert choose(SCALE, [["fair"], ["fair"]], ["a", "b"]) is None
    assert choose(SCALE, [], []) is None


def test_candidates_that_say_the_same_stand_for_each_other() -> None:
    chosen = choose(SCALE, [["fair"], ["fair"], []], ["a", "a", "b"])
    assert chosen is not None
    assert chosen.place == 0


def test_a_huge_weight_breaks_nothing() -> None:
    chosen = choose(Scale({"sure": 10**9}, 50), [["sure"]], ["a"])
    assert chosen is not None
    assert chosen.sure == 1.0


def test_every_table_can_be_read() -> None:
    for name in ("headline", "publication", "authors", "outlet"):
        scale = load(name)
        assert scale.signs
        assert 0 < scale.least < 100
