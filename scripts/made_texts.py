"""Made texts: wire reports and tables of results filled with made names, for fitting.

What the corpora lack: datelines, headlines in capitals, standings, scores, scoreboards and briefs.
Names are marked "[P:…]", "[O:…]", "[L:…]".
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from made_names import Maker

COUNT = 260
SENTENCES = Path(__file__).parent / "labels/names.txt"
LEAGUE = """Atlanta Baltimore Boston California Chicago Cincinnati Cleveland Colorado Dallas Denver
    Detroit Florida Houston Indiana Kansas_City Los_Angeles Miami Milwaukee Minnesota Montreal
    New_Jersey New_York Oakland Orlando Ottawa Philadelphia Phoenix Pittsburgh Portland Sacramento
    San_Diego San_Francisco Seattle St._Louis Tampa_Bay Texas Toronto Utah Vancouver Washington
    Green_Bay New_England Buffalo Calgary Edmonton Hartford Carolina Arizona Jacksonville
    Golden_State""".split()
MARKED = re.compile(r"(?<=:)[^\]]*(?=\])")
SPORTS = ("BASEBALL-MAJOR LEAGUE", "NBA BASKETBALL-", "NHL ICE HOCKEY-", "NFL AMERICAN FOOTBALL-")
MEETINGS = (
    "ATHLETICS-LEADING RESULTS", "SWIMMING-RESULTS", "SKIING-WORLD CUP RESULTS",
    "CYCLING-STAGE RESULTS", "MOTOR RACING-GRID POSITIONS", "GOLF-LEADING SCORES",
)  # fmt: skip
COUNTIES = """Essex Kent Surrey Sussex Somerset Yorkshire Durham Glamorgan Hampshire Lancashire
    Middlesex""".split()
STATES = ("Ohio", "Calif.", "Texas", "N.Y.", "Mich.", "Iowa", "New Jersey", "Maine")
OUT = (
    "c {p} b {p}", "b {p}", "lbw {p}", "run out", "not out", "lbw b {p}", "c and b {p}",
    "st {p} b {p}",
)  # fmt: skip


def texts() -> Iterator[tuple[str, str]]:
    """Yield key and marked text."""
    for number in range(COUNT):
        maker = Maker(number)
        yield f"made/{number}", "\n".join(WAYS[number % len(WAYS)](maker))


def sentences(section: str) -> list[str]:
    """Return the sentences to fill of a section of the file of them."""
    _, _, rest = SENTENCES.read_text("utf-8").partition(f"== {section}\n")
    return rest.partition("\n\n")[0].strip().split("\n")


def fill(maker: Maker, line: str, last: dict[str, str]) -> str:
    """Fill a sentence; {p} is the short form of the person named last."""
    makers: dict[str, Callable[[], str]] = {
        "P": lambda: person(maker, last),
        "p": lambda: f"[P:{last.get('p') or maker.surname()}]",
        "people": lambda: maker.pick("people"),
        "state": lambda: f"[L:{maker.one(*STATES)}]",
        "town": lambda: f"[L:{maker.town()}]",
        "country": lambda: f"[L:{maker.country()}]",
        "body": lambda: f"[O:{maker.body()}]",
        "company": lambda: f"[O:{maker.company()}]",
        "club": lambda: f"[O:{maker.club()}]",
        "at": lambda: f"[L:{league(maker)}]",
        "side": lambda: f"[O:{league(maker)}]",
    }
    found = ""
    while "{" in line:
        head, _, line = line.partition("{")
        kind, _, line = line.partition("}")
        found += head + makers[kind]()
    return found + line


def person(maker: Maker, last: dict[str, str]) -> str:
    full, last["p"] = maker.person()
    return f"[P:{full}]"


def league(maker: Maker) -> str:
    return maker.one(*LEAGUE).replace("_", " ")


def dateline(maker: Maker) -> str:
    day = f"{maker.number(1994, 1999)}-{maker.number(1, 12):02}-{maker.number(1, 28):02}"
    country = f", [L:{maker.country()}]" if maker.chance.random() < 0.3 else ""
    return f"[L:{maker.town().upper()}]{country} {day}"


def numbers(maker: Maker, count: int) -> str:
    return " ".join(str(maker.number(0, 40)) for _ in range(count))


def news(maker: Maker) -> list[str]:
    last: dict[str, str] = {}
    lines = sentences("news")
    body = [fill(maker, maker.one(*lines), last) for _ in range(maker.number(4, 12))]
    if maker.chance.random() < 0.6:
        return [headline(maker, last), dateline(maker), *body]
    agency = maker.one("Reuters", "AP", "AFP", "Reuters", "Xinhua", "Yonhap")
    day, dash = maker.one("", "", ", June 3", ", Nov. 12"), maker.one("-", "--", "—")
    body[0] = f"[L:{maker.town().upper()}]{day} ([O:{agency}]) {dash} {body[0]}"
    return body


def headline(maker: Maker, last: dict[str, str]) -> str:
    """Return a headline in capitals; its marks stay."""
    line = fill(maker, maker.one(*sentences("headlines")), last)
    return MARKED.sub(lambda part: part[0].upper(), line)


def games(maker: Maker) -> list[str]:
    """Return a report of a league's games: a town is where they play, or who plays."""
    last: dict[str, str] = {}
    lines = sentences("games")
    body = [fill(maker, maker.one(*lines), last) for _ in range(5)]
    return [f"[L:{league(maker).upper()}] 1996-09-0{maker.number(1, 9)}", *body]


def football(maker: Maker) -> list[str]:
    clubs = [maker.club() for _ in range(12)]
    people = maker.pick("people")
    lines = [f"SOCCER-{people.upper()} FIRST DIVISION RESULTS/STANDINGS.", dateline(maker)]
    lines.append(f"Results of {people} first division soccer matches played on Saturday:")
    for home, away in zip(clubs[::2], clubs[1::2], strict=True):
        lines.append(f"[O:{home}] {maker.number(0, 4)} [O:{away}] {maker.number(0, 4)}")
    lines.append("Standings (tabulate under played, won, drawn, lost, goals for, against, points):")
    return lines + [f"[O:{club}] {numbers(maker, 7)}" for club in clubs]


def summaries(maker: Maker) -> list[str]:
    lines = ["SOCCER-SUMMARIES OF LEAGUE MATCHES.", dateline(maker), "Summaries of matches:"]
    for _ in range(5):
        scorers = ", ".join(
            f"[P:{maker.surname()}] {maker.number(1, 90)}{maker.one('', 'th', ' penalty')}"
            for _ in range(maker.number(1, 3))
        )
        end = f"Halftime 1-0. Attendance {maker.number(1, 50)},000."
        lines.append(f"[O:{maker.club()}] 2 ({scorers}) [O:{maker.club()}] 0. {end}")
        if maker.chance.random() < 0.3:
            goals = f"[P:{maker.full()}] (12th, 44th), [P:{maker.full()}] (90th)"
            lines.append(f"Scorers: [L:{maker.country()}] - {goals}")
    return lines


def standings(maker: Maker) -> list[str]:
    towns = [town.replace("_", " ") for town in maker.chance.sample(LEAGUE, 14)]
    lines = [f"{maker.one(*SPORTS)} STANDINGS AFTER MONDAY'S GAMES.", "[L:NEW YORK] 1996-11-05"]
    lines.append("Standings of teams after games played on Monday (home team in CAPS):")
    lines += ["EASTERN CONFERENCE", "ATLANTIC DIVISION", "W L T GF GA PTS"]
    for town in towns[:8]:
        behind = maker.one("-", "2", "4 1/2", "10")
        share = f".{maker.number(200, 700)}"
        lines.append(f"[O:{town.upper()}] {numbers(maker, 2)} {share} {behind}")
    lines += ["WESTERN CONFERENCE", "CENTRAL DIVISION"]
    lines += [f"[O:{town.upper()}] {numbers(maker, 6)}" for town in towns[8:]]
    lines.append("TUESDAY, NOVEMBER 5 SCHEDULE")
    for away, home in zip(towns[::2], towns[1::2], strict=True):
        lines.append(f"[O:{away.upper()}] AT [L:{home.upper()}]")
    lines.append("Results of games on Monday:")
    for away, home in zip(towns[1:9:2], towns[2:10:2], strict=True):
        end = maker.one("", " (OT)", " (10 innings)", " (1st game)")
        score = f"{maker.number(1, 120)} [O:{home.upper()}] {maker.number(1, 120)}"
        lines.append(f"[O:{away}] {score}{end}")
    return lines


def ranked(maker: Maker) -> list[str]:
    lines = [f"{maker.one(*MEETINGS)}.", dateline(maker), "Leading results on Sunday:"]
    has_teams = maker.chance.random() < 0.4
    for rank in range(1, 11):
        team = f" [O:{maker.club()}]" if has_teams else ""
        start = maker.one(f"{rank}.", f"{60 + rank}", f"{rank}.")
        mark = f"{maker.number(9, 70)}.{maker.number(10, 99)}"
        unit = maker.one("", " seconds", " points", " metres")
        lines.append(f"{start} [P:{maker.full()}] ([L:{maker.country()}]){team} {mark}{unit}")
    leaders = f"1. [P:{maker.full()}] 120 points, 2. [P:{maker.full()}] 96"
    return [*lines, f"World Cup standings: {leaders}"]


def tennis(maker: Maker) -> list[str]:
    lines = ["TENNIS-RESULTS AT OPEN.", dateline(maker), "Results on Monday:", "First round"]
    for _ in range(7):
        winner, loser = (f"[P:{maker.full()}] ([L:{maker.country()}])" for _ in range(2))
        sets = f"6-{maker.number(0, 4)} 7-6 (7-5)"
        lines.append(f"{maker.one('', '', '1-', '6-')}{winner} beat {loser} {sets}")
    return lines


def cricket(maker: Maker) -> list[str]:
    lines = ["CRICKET-SCOREBOARD.", dateline(maker), f"[L:{maker.country()}] won the toss."]
    lines.append(f"[L:{maker.country()}] first innings")
    for _ in range(7):
        batsman = maker.full() if maker.chance.random() < 0.7 else maker.surname()
        how = fill(maker, maker.one(*OUT), {})
        lines.append(f"[P:{batsman}] {how} {maker.number(0, 120)}")
    bowlers = ", ".join(
        f"[P:{maker.surname()}] {maker.number(4, 30)}-{maker.number(0, 9)}-{maker.number(10, 90)}-2"
        for _ in range(4)
    )
    lines += ["Extras 12", "Total 301", "Fall of wickets: 1-12 2-40", f"Bowling: {bowlers}."]
    lines.append(f"Did not bat: [P:{maker.full()}], [P:{maker.full()}].")
    for _ in range(3):
        one, two = maker.chance.sample(COUNTIES, 2)
        best = f"[P:{maker.full()}] 102; [P:{maker.full()}] 4-56"
        lines.append(f"At [L:{maker.town()}]: [O:{one}] 312 ({best}) and 12-0. [O:{two}] 250.")
    return lines


WAYS: tuple[Callable[[Maker], list[str]], ...] = (
    news, football, news, standings, news, ranked, news, tennis, games, summaries, news, cricket,
    news,
)  # fmt: skip
