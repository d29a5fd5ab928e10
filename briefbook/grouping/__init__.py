"""Grouping: texts to topics, stories, origins, agreements, differences, names and related entries.

Pure. Topics of a text depend on that text alone; its story on what arrived before.
"""

from typing import TYPE_CHECKING

from briefbook.doors import door
from briefbook.grouping.named import (
    Forms,
    NamedKey,
    find_named,
    forms_of,
    key_of,
    name_keys,
    named,
    own_forms,
    scopes,
)
from briefbook.grouping.related import (
    MOST_SEEN,
    Earlier,
    NameKey,
    SeenName,
    find_related,
    related,
    related_names,
    seen_again,
)

if TYPE_CHECKING:
    from briefbook.grouping.agreeing import agreements, agreements_in, shown_agreements
    from briefbook.grouping.arrivals import NO_ARRIVALS, Arrivals, arrivals_of
    from briefbook.grouping.differing import (
        Compared,
        compare,
        compare_items,
        differences,
        differences_in,
        shown_differences,
    )
    from briefbook.grouping.facts import MOST_TEXTS, ItemFacts, item_facts
    from briefbook.grouping.keptreports import Filed, FiledReport, KeptReport, report_of
    from briefbook.grouping.origins import OriginText, find_origins, origin_text, origins_of
    from briefbook.grouping.recent import WINDOW
    from briefbook.grouping.stories import (
        NewReport,
        StoryReason,
        explain_story,
        file_behind,
        file_stories,
    )
    from briefbook.grouping.topicexamples import MOST_EXAMPLES
    from briefbook.grouping.topicfeatures import TopicFeatures, topic_features
    from briefbook.grouping.topicprofiles import TopicProfile, topic_profile, topic_profiles
    from briefbook.grouping.topicreasons import TopicReason, topic_reasons
    from briefbook.grouping.topics import LEAST_CHANCE, Topics, file_topics, topics_for
    from briefbook.grouping.unfiled import (
        MOST_LOOKED_AT,
        SharedWords,
        Telling,
        shared_words,
        telling_terms,
        unfiled_words,
    )
else:
    # What compares texts is for new ones; names and what is related are asked of any edited entry.
    __getattr__ = door(
        __name__,
        {
            "agreeing": ("agreements", "agreements_in", "shown_agreements"),
            "arrivals": ("NO_ARRIVALS", "Arrivals", "arrivals_of"),
            "differing": (
                "Compared",
                "compare",
                "compare_items",
                "differences",
                "differences_in",
                "shown_differences",
            ),
            "facts": ("MOST_TEXTS", "ItemFacts", "item_facts"),
            "keptreports": ("Filed", "FiledReport", "KeptReport", "report_of"),
            "origins": ("OriginText", "find_origins", "origin_text", "origins_of"),
            "recent": ("WINDOW",),
            "stories": (
                "NewReport",
                "StoryReason",
                "explain_story",
                "file_behind",
                "file_stories",
            ),
            "topicexamples": ("MOST_EXAMPLES",),
            "topicfeatures": ("TopicFeatures", "topic_features"),
            "topicprofiles": ("TopicProfile", "topic_profile", "topic_profiles"),
            "topicreasons": ("TopicReason", "topic_reasons"),
            "topics": ("LEAST_CHANCE", "Topics", "file_topics", "topics_for"),
            "unfiled": (
                "MOST_LOOKED_AT",
                "SharedWords",
                "Telling",
                "shared_words",
                "telling_terms",
                "unfiled_words",
            ),
        },
    )

__all__ = [
    "LEAST_CHANCE",
    "MOST_EXAMPLES",
    "MOST_LOOKED_AT",
    "MOST_SEEN",
    "MOST_TEXTS",
    "NO_ARRIVALS",
    "WINDOW",
    "Arrivals",
    "Compared",
    "Earlier",
    "Filed",
    "FiledReport",
    "Forms",
    "ItemFacts",
    "KeptReport",
    "NameKey",
    "NamedKey",
    "NewReport",
    "OriginText",
    "SeenName",
    "SharedWords",
    "StoryReason",
    "Telling",
    "TopicFeatures",
    "TopicProfile",
    "TopicReason",
    "Topics",
    "agreements",
    "agreements_in",
    "arrivals_of",
    "compare",
    "compare_items",
    "differences",
    "differences_in",
    "explain_story",
    "file_behind",
    "file_stories",
    "file_topics",
    "find_named",
    "find_origins",
    "find_related",
    "forms_of",
    "item_facts",
    "key_of",
    "name_keys",
    "named",
    "origin_text",
    "origins_of",
    "own_forms",
    "related",
    "related_names",
    "report_of",
    "scopes",
    "seen_again",
    "shared_words",
    "shown_agreements",
    "shown_differences",
    "telling_terms",
    "topic_features",
    "topic_profile",
    "topic_profiles",
    "topic_reasons",
    "topics_for",
    "unfiled_words",
]
