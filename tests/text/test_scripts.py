import pytest

from briefbook.text.scripts import direction, language_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The ships of the port are late and that is that.", "en", id="English"),
        pytest.param("Die Schiffe sind mit der Flut und dem Wind nicht da.", "de", id="German"),
        pytest.param("Les navires sont dans le port pour une semaine.", "fr", id="French"),
        pytest.param("Los barcos están en el puerto para las fiestas.", "es", id="Spanish"),
        pytest.param("항구가 월요일에 열렸다.", "ko", id="Korean"),
        pytest.param("港が月曜日に開いた。", "ja", id="Japanese"),
        pytest.param("港口星期一开放。", "zh", id="Chinese"),
        pytest.param("افتتح الميناء يوم الاثنين.", "ar", id="Arabic"),
        pytest.param("قال جورج إن الميناء سيغلق يوم الاثنين.", "ar", id="Arabic with a name"),
        pytest.param("بندر روز دوشنبه باز شد و کشتی‌ها آمدند.", "fa", id="Persian"),
        pytest.param("بندرگاہ پیر کے روز کھل گئی ہے۔", "ur", id="Urdu"),
        pytest.param("הנמל נפתח ביום שני.", "he", id="Hebrew"),
        pytest.param("Порт открылся в понедельник.", "ru", id="Russian"),
        pytest.param(
            "The 항구 of Busan is the largest and that is known to all.", "en", id="one word"
        ),
        pytest.param("“È” «più» d’altri", "it", id="signs beside letters with accents"),
        pytest.param("The\ud800 of\ud800", "en", id="half of a character"),
        pytest.param("Busan 14.2", None, id="too little to know"),
        pytest.param("", None, id="nothing"),
        pytest.param("1234 5678 ---", None, id="no letters"),
    ],
)
def test_knows_the_language_of_a_text(text: str, expected: str | None) -> None:
    assert language_of(text) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("FA", "rtl"),
        ("en", "ltr"),
        ("ko-KR", "ltr"),
        (None, "ltr"),
    ],
)
def test_knows_which_way_a_language_runs(language: str | None, expected: str) -> None:
    assert direction(language) == expected
