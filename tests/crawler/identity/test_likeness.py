from __future__ import annotations

from llmstxt_sched.crawler.identity.likeness import containment, likeness, says, words_of


def test_texts_are_alike_by_their_words_but_not_by_their_links() -> None:
    one = words_of("The page [gone](https://docs.example/gone) is **not** here.")
    other = words_of("The page [gone](/elsewhere) is not here.")
    assert likeness(one, other) == 1
    assert likeness(one, words_of("Something else altogether")) == 0
    assert likeness(words_of(""), words_of("...")) == 1


def test_a_text_holds_another_with_most_of_its_words() -> None:
    assert containment(words_of("one two three four"), words_of("four three two and more")) == 0.75
    assert containment(words_of(""), words_of("any")) == 1


def test_a_sentence_is_said_word_for_word() -> None:
    assert says("So: *Thing* answers [quickly](/x), always.", "thing answers quickly")
    assert not says("Thing answers quickly", "Thing answers quick")
