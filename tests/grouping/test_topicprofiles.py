"""Topics filed from values that were kept are those filed from the texts."""

import pickle
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from briefbook import Item, TopicSpec, file_topics
from briefbook.grouping import Topics, topic_features, topic_profile, topic_profiles, topics_for
from briefbook.grouping.topicfeatures import read_text, text_of

WORDS = """harbour harbours Ferry dredger US who channel orchestra trumpet concert frost Apple
    apples blossom programme defence the of 항구는 항구 日韓首脳 café""".split()


def made(chance: random.Random, key: str) -> Item:
    words = chance.choices(WORDS, k=chance.randint(0, 120))
    return Item(key, " ".join(words[:4]), ". ".join(words), None)


texts = st.text(alphabet="abs AB19 .\"'-é日한\n\ud800", max_size=60)


@given(title=texts, text=texts)
def test_the_terms_of_a_text_are_the_same_after_they_were_kept(title: str, text: str) -> None:
    item = Item("k", title, text)
    assert text_of(pickle.loads(pickle.dumps(topic_features(item)))) == read_text(item)


def test_a_text_of_more_terms_than_two_bytes_can_tell_is_kept_too() -> None:
    item = Item("k", " ".join(f"w{n}" for n in range(70_000)), "end")
    assert text_of(topic_features(item)) == read_text(item)


@given(seed=st.integers(0, 10**6))
@settings(max_examples=30)
def test_topics_filed_by_what_is_kept_are_those_filed_at_once(seed: int) -> None:
    chance = random.Random(seed)
    items = [made(chance, f"i{n}") for n in range(5)]
    specs = [
        TopicSpec(
            f"t{n}",
            words=tuple(chance.sample(WORDS, chance.randint(0, 3))),
            examples=tuple(made(chance, f"{n}-{m}") for m in range(chance.choice((0, 1, 5, 65)))),
            require=chance.choice(((), (), ("harbour",), ("★",))),
            exclude=chance.choice(((), (), ("frost",))),
        )
        for n in range(4)
    ]
    kept = {spec.slug: [topic_features(item) for item in spec.examples] for spec in specs}
    profiles = pickle.loads(pickle.dumps(topic_profiles(specs, pickle.loads(pickle.dumps(kept)))))
    topics = Topics(profiles)
    found = {i.key: topics_for(topic_features(i), topics, topics.allowed(i)) for i in items}
    assert found == file_topics(items, specs)


def test_the_profile_of_a_topic_depends_on_its_latest_examples_alone() -> None:
    chance = random.Random(3)
    spec = TopicSpec("port", ("harbour",))
    kept = [topic_features(made(chance, str(n))) for n in range(80)]
    assert topic_profile(spec, kept) == topic_profile(spec, kept[-60:])
    assert topic_profile(spec, kept) != topic_profile(spec, kept[-59:])


def test_nothing_is_learned_where_nothing_is_filed() -> None:
    class Unread(tuple[Item, ...]):
        def __getitem__(self, _: object) -> tuple[Item, ...]:  # type: ignore[override]
            raise AssertionError("an example was read")

    assert file_topics([], [TopicSpec("port", ("harbour",), Unread())]) == {}
