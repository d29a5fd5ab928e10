"""Grouping: texts to topics, stories, origins, agreements, differences, names and related entries.

Pure. Topics of a text depend on that text alone; its story on what arrived before.
"""

from briefbook.grouping.agreements import agreements, shown_agreements
from briefbook.grouping.differences import differences, shown_differences
from briefbook.grouping.named import find_named
from briefbook.grouping.origins import find_origins
from briefbook.grouping.related import find_related
from briefbook.grouping.stories import StoryReason, explain_story, file_stories
from briefbook.grouping.topicexamples import MOST_EXAMPLES
from briefbook.grouping.topicreasons import TopicReason, topic_reasons
from briefbook.grouping.topics import LEAST as LEAST_CHANCE
from briefbook.grouping.topics import file_topics
from briefbook.grouping.unfiled import SharedWords, unfiled_words

__all__ = [
    "LEAST_CHANCE",
    "MOST_EXAMPLES",
    "SharedWords",
    "StoryReason",
    "TopicReason",
    "agreements",
    "differences",
    "explain_story",
    "file_stories",
    "file_topics",
    "find_named",
    "find_origins",
    "find_related",
    "shown_agreements",
    "shown_differences",
    "topic_reasons",
    "unfiled_words",
]
