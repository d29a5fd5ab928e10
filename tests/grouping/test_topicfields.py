from briefbook import Item, TopicSpec
from briefbook.grouping import topic_reasons
from briefbook.grouping.topicfields import NO_FIELDS, fields_of, fields_of_topic, shared_fields
from briefbook.grouping.topics import file_topics

SPORT = TopicSpec("sport", ("match", "coach"))
MONEY = TopicSpec("money", ("forecast", "merger"))
# Each names a word of either topic, as often; the others tell which is meant.
STRIKER = Item(
    "striker",
    "Forecast and match",
    "The forecast for strikers is good. The club wants a goal in every match and a defender who "
    "scores a penalty before the champions play the final.",
    None,
)
BROKER = Item(
    "broker",
    "Forecast and match",
    "Prices fell. Analysts said shares and earnings would not match the quarterly forecast, "
    "and investors sold stock of the bank.",
    None,
)


def test_a_text_that_names_two_topics_alike_is_filed_by_its_other_words() -> None:
    filed = file_topics([STRIKER, BROKER], [MONEY, SPORT])
    assert filed["striker"][:1] == ("sport",)
    assert filed["broker"][:1] == ("money",)


def test_words_near_to_a_topic_are_no_reason_to_file_a_text_that_names_none_of_its_words() -> None:
    text = Item("a", "", "The striker scored a penalty and the club won the cup final.", None)
    assert file_topics([text], [SPORT]) == {"a": ()}


def test_what_kept_company_with_a_topic_in_other_news_is_told() -> None:
    sport, _ = topic_reasons(STRIKER, [SPORT, MONEY])
    assert sport.slug == "sport"
    assert {"club", "final"} & set(sport.near)


def test_examples_give_a_topic_its_fields_as_words_do() -> None:
    by_words = fields_of_topic([("share", 1.0), ("profit", 1.0)], {})
    by_examples = fields_of_topic([], {"earning": 1.0, "investor": 1.0})
    assert shared_fields(by_words, by_examples) > 0.5
    assert shared_fields(by_words, fields_of({"striker": 1.0, "penalty": 1.0})) < 0.3


def test_words_of_no_table_have_no_fields() -> None:
    assert fields_of({"zqxv": 3.0}) == NO_FIELDS == fields_of({})
    assert shared_fields(fields_of_topic([], {}), fields_of({"striker": 1.0})) == 0.0
