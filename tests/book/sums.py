"""Prices -> the sentences of the book that follow from them, by chapter, with each sum computed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

MONTH = 730
"""Hours in a month, as the book counts them."""
MILLION = 10**6
HALF = Decimal("0.5")
OFFICE = 22 * 8
"""Office hours in a month."""
REWRITES = Decimal(50 * 2**30 // 4096 * 30) / MILLION
"""Millions of write I/Os: 50 GiB in units of 4 KiB, every night."""


@dataclass(frozen=True, slots=True)
class Price:
    """The prices of book/prices.toml in their units, and the bills computed from them, in USD a month."""

    acu_hour: Decimal
    acu_hour_io_optimized: Decimal
    acu_hour_london: Decimal
    storage: Decimal
    storage_io_optimized: Decimal
    io: Decimal
    replicated_write: Decimal
    backtrack: Decimal
    r6g_large: Decimal
    r6g_large_io_optimized: Decimal
    rds_storage: Decimal
    comprehend: Decimal
    extended_support: Decimal
    extended_support_third_year: Decimal
    rds_r8g_xlarge: Decimal
    rds_proxy: Decimal
    ml_m5_large: Decimal
    vpc_endpoint: Decimal

    @property
    def dearer(self) -> Decimal:
        """Compute on I/O-Optimized against Standard."""
        return self.r6g_large_io_optimized / self.r6g_large

    @property
    def dearer_storage(self) -> Decimal:
        """What a GB-month costs more on I/O-Optimized."""
        return self.storage_io_optimized - self.storage

    @property
    def two_machines(self) -> Decimal:
        """Two db.r6g.large for a month."""
        return 2 * self.r6g_large * MONTH

    def standard(self, compute: Decimal, gigabytes: int, millions: Decimal | int) -> Decimal:
        """Aurora Standard with so many million I/Os; compute at its price there."""
        return compute + self.storage * gigabytes + self.io * millions

    def optimized(self, compute: Decimal, gigabytes: int) -> Decimal:
        """Aurora I/O-Optimized; compute at the price on Standard."""
        return self.dearer * compute + self.storage_io_optimized * gigabytes

    def crossing(self, compute: Decimal, gigabytes: int) -> Decimal:
        """Millions of I/Os at which both cost the same."""
        return ((self.dearer - 1) * compute + self.dearer_storage * gigabytes) / self.io

    def share(self, compute: Decimal, gigabytes: int, millions: Decimal | int) -> str:
        """Percent of the Standard bill that is I/O."""
        return number(100 * self.io * millions / self.standard(compute, gigabytes, millions), 1)

    def kept(self, per_second: int, hours: int) -> Decimal:
        """Return the cost of a window of Backtrack at so many change records a second."""
        return stored(per_second, hours) * self.backtrack * MONTH


def number(value: Decimal | int, places: int = 2) -> str:
    """1234.5 -> 1,234.50."""
    return f"{value:,.{places}f}"


def a_month(per_second: int) -> Decimal:
    """Millions of events a month, at so many a second."""
    return Decimal(per_second * MONTH * 3600) / MILLION


def stored(per_second: int, hours: int) -> Decimal:
    """Millions of change records that a window of Backtrack keeps."""
    return Decimal(per_second * hours * 3600) / MILLION


def units(characters: int) -> int:
    """Return the units that Comprehend counts for a text."""
    return max(3, -(-characters // 100))


def architecture(p: Price) -> Iterator[str]:
    """18.1: rewriting a table every night, the lab, deleted rows."""
    writing = REWRITES * p.io
    yield f"{number(50 * p.storage)} USD of storage and, for"
    yield f"for {number(REWRITES, 1)} million I/Os, {number(writing)} USD"
    yield "five dollars of data, seventy-nine dollars of rewriting"
    assert (round(50 * p.storage), round(writing)) == (5, 79)
    yield f"come to {number(2 * 2 * 2 * p.acu_hour)} USD plus cents"
    yield f"{number(2 * 2 * 4 * p.acu_hour)} if both run at the ceiling"
    yield f"300 GB are {number(300 * p.storage, 0)} USD a month"


def comparison(p: Price) -> Iterator[str]:
    """18.2: storage of RDS and of Aurora, two price models and where they cross."""
    mirrored = 2 * 1000 * p.rds_storage
    quiet, busy = (p.standard(Decimal(), 500, a_month(rate)) for rate in (200, 1000))
    yield f"= {number(mirrored)} USD a month for general purpose storage"
    yield f"= {number(500 * p.storage)} plus I/O."
    yield f"{number(a_month(200), 1)} million in a month of 730 hours, {number(a_month(200) * p.io)} USD"
    yield f"together {number(quiet)}. At 1,000 per second it is {number(busy)}."
    equal = (mirrored - 500 * p.storage) / p.io
    yield f"({number(mirrored, 0)} − {number(500 * p.storage, 0)}) / {p.io} = {number(equal, 0)} million"
    yield f"million I/Os, {number(equal * MILLION / MONTH / 3600, 1)} per second."
    yield f"× 730 = {number(p.r6g_large * MONTH)} USD a month, nights and Sundays included"
    yield f"= {number(OFFICE * 2 * p.acu_hour)} USD of compute"
    acus, storage = p.acu_hour_io_optimized / p.acu_hour, p.storage_io_optimized / p.storage
    yield f"about {number(p.dearer)} times, ACUs {number(acus)} times and storage {number(storage)} times"
    yield rf"{number(p.dearer)}\,C + {p.storage_io_optimized}\,S"
    yield rf"\frac{{{number(p.dearer - 1)}\,C + {p.dearer_storage}\,S}}"
    yield from break_even(p, p.two_machines, 500)
    up = number(p.dearer - 1)
    yield f"{up} / {number(p.dearer)} = {p.share(Decimal(1), 0, p.crossing(Decimal(1), 0))} percent"
    yield f"{p.dearer_storage} / {p.storage_io_optimized} = {p.share(Decimal(), 1, p.crossing(Decimal(), 1))} percent"
    yield f"is {number(2 * 2 * p.acu_hour_io_optimized)} USD at the I/O-Optimized price"
    yield f"per ACU-hour against {number(2 * 2 * p.acu_hour)}."
    yield from instances(p)
    yield from comparison_answers(p)


def instances(p: Price) -> Iterator[str]:
    """18.2: the surcharge for age, and an instance-hour of RDS against one of Aurora."""
    early, late = (4 * MONTH * price for price in (p.extended_support, p.extended_support_third_year))
    yield f"4 × 730 × {p.extended_support} = {number(early)} USD a month in the first two years"
    yield f"4 × 730 × {p.extended_support_third_year} = {number(late)} from the third on"
    yield f"The instances themselves are {number(p.two_machines)}."
    pair, three = (count * MONTH * p.rds_r8g_xlarge for count in (2, 3))
    yield f"2 × 730 × {p.rds_r8g_xlarge} = {number(pair)} USD a month"
    yield f"3 × 730 × {p.rds_r8g_xlarge} = {number(three)}"
    cheap, dear = (pair * factor for factor in (Decimal("1.2"), Decimal("1.4")))
    yield f"at 1.2 to 1.4 times the price are {number(cheap)} to {number(dear)}"
    assert pair < cheap and dear < three


def break_even(p: Price, compute: Decimal, gigabytes: int) -> Iterator[str]:
    """18.2: the lines of the figure, and where they cross."""
    flat, point = p.optimized(compute, gigabytes), p.crossing(compute, gigabytes)
    none, quiet, busy, most = (p.standard(compute, gigabytes, a_month(rate)) for rate in (0, 200, 1000, 1200))
    rate = number(point * MILLION / MONTH / 3600, 1)
    yield f"730 = {number(compute)} USD) and {gigabytes} GB. I/O-Optimized costs {number(flat)} whatever happens."
    yield f"{number(quiet)} at 200 I/Os per second and {number(busy)} at 1,000."
    yield f"at {rate} per second, where I/O is {p.share(compute, gigabytes, point)} percent"
    yield f"from {round(none, -1):.0f} to {round(most, -1):,.0f} dollars"
    yield f"at {number(flat, 0)} dollars, crossing at {rate} I/Os"


def comparison_answers(p: Price) -> Iterator[str]:
    """18.2: compute 900 USD, 4,000 GB, 700 and then 7,000 million I/Os."""
    compute, before, after = Decimal(900), 700, 7000
    parts = [number(one, 0) for one in (compute, 4000 * p.storage, p.io * before)]
    yield f"Standard: {' + '.join(parts)} = {number(p.standard(compute, 4000, before), 0)} USD."
    dear = number(p.optimized(compute, 4000), 0)
    both = f"{number(p.dearer * compute, 0)} + {number(4000 * p.storage_io_optimized, 0)}"
    yield f"{number(p.dearer)} × 900 + {p.storage_io_optimized} × 4,000 = {both} = {dear} USD"
    yield f"I/O is {p.share(compute, 4000, before)} percent of the bill"
    point = p.crossing(compute, 4000)
    terms = f"({number(p.dearer - 1)} × 900 + {p.dearer_storage} × 4,000) / {p.io}"
    yield f"{terms} = {number(point, 0)} million I/Os, where the share is {p.share(compute, 4000, point)} percent"
    parts[2] = number(p.io * after, 0)
    bill = p.standard(compute, 4000, after)
    yield f"Standard: {' + '.join(parts)} = {number(bill, 0)} USD; I/O-Optimized is still {dear}."
    yield f"save {number(bill - p.optimized(compute, 4000), 0)} USD a month"


def endpoints(p: Price) -> Iterator[str]:
    """18.3: idle readers, a proxy, and the lab."""
    yield f"4 × 730 × {p.rds_proxy} = {number(4 * MONTH * p.rds_proxy)} USD a month"
    yield f"2 × 730 × {p.r6g_large} = {number(p.two_machines)} USD a month"
    yield f"= {number(3 * 1 * 2 * p.acu_hour)} USD with the same caveats"


def serverless(p: Price) -> Iterator[str]:
    """18.4: a forgotten floor, a weekend at the ceiling, office hours, the break-even, the answers."""
    forgotten = number(MONTH * HALF * p.acu_hour)
    yield f"365.0 ACU-hours   {forgotten} USD"
    yield f"the line says {forgotten} again"
    weekend = 2 * 256 * p.acu_hour
    yield f"cost {number(weekend)} USD an hour, and a weekend of 60 hours {number(weekend * 60)}."
    asleep = OFFICE * 2 * p.acu_hour
    dozing = (MONTH - OFFICE) * HALF * p.acu_hour
    yield f"costs {number(asleep)} USD of compute if it sleeps"
    yield f"the rest of the time, and {number(asleep + dozing)} if it dozes"
    yield f"The difference, {number(dozing)}, is"
    average = p.r6g_large / p.acu_hour
    yield f"{p.r6g_large} / {p.acu_hour} = {number(average)} units on average"
    yield f"stays under {number(100 * average / 8, 0)} percent of that machine"
    yield f"costs {number(8 / average, 1)} times as much"
    yield f"above {number(100 * average / 8, 0)} percent of a class"
    yield f"= {number(2 * HALF * 2 * p.acu_hour)} USD, at most eight times that"
    yield f"never pauses: 730 × 0.5 × {p.acu_hour} = {forgotten} USD."
    yield f"219 × 0.5 × {p.acu_hour} = {number(219 * HALF * p.acu_hour)} USD."
    yield f"{p.r6g_large} / {p.acu_hour} = {number(average)} ACU on average"
    ratio = p.r6g_large_io_optimized / p.acu_hour_io_optimized
    yield f"{p.r6g_large_io_optimized} / {p.acu_hour_io_optimized} = {number(ratio)}."
    reader, alone = OFFICE * 2 * p.acu_hour, 20 * p.acu_hour
    yield f"176 × 2 × {p.acu_hour} = {number(reader)} USD."
    yield f"costs 20 × 1 × {p.acu_hour} = {number(alone)} USD"
    yield f"saves {number(reader - alone)} USD a month"


def global_database(p: Price) -> Iterator[str]:
    """18.5: the lab with two Regions, a second Region a month, a headless one."""
    yield f"= {number(2 * 2 * p.acu_hour + p.r6g_large)} USD an hour"
    writes, storage, machine = a_month(400), 500 * p.storage, p.r6g_large * MONTH
    replicated, own = writes * p.replicated_write, writes * p.io
    yield f"$W$ is {number(writes, 1)} million: {number(replicated)} USD for the replication alone"
    yield f"Add {number(own)} for the secondary's own writes, {number(storage)} for the storage"
    total = replicated + own + storage + machine
    yield f"× 730 = {number(machine)} for one db.r6g.large, and the second Region costs {number(total)} USD a month"
    yield f"keep {round(machine)} dollars of the {round(total)}"
    yield f"what the {round(machine)} dollars were for"
    assert 3 * machine < total
    small, few = 2048 * p.storage, a_month(150)
    yield f"= {number(small)} USD. Writes: 150 × 2,628,000 seconds = {number(few, 1)} million a month"
    there, here = few * p.replicated_write, few * p.io
    yield f"= {number(there)} USD replicated. Together {number(small + there)} USD a month"
    yield f"another {number(here)}: {number(small + there + here)} USD."


def backtrack(p: Price) -> Iterator[str]:
    """18.6: the lab, windows of 24 and 72 hours, what a budget buys, the answers."""
    yield f"cost 2 × {p.acu_hour} = {number(2 * p.acu_hour)} USD"
    hourly = stored(500, 24) * p.backtrack
    yield f"Stored: {number(stored(500, 24), 1)} million. Per hour: {number(hourly, 4)} USD."
    yield f"Per month: {number(p.kept(500, 24))} USD."
    yield f"72 hours it is {number(stored(500, 72), 1)} million and {number(p.kept(500, 72))} USD."
    yield f"two db.r6g.large of Aurora PostgreSQL come to {number(p.two_machines)} USD a month"
    yield f"labeled {number(p.kept(500, 24), 0)} dollars a month"
    yield f"labeled {number(p.kept(500, 72), 0)} dollars a month"
    yield f"100 USD a month buys {number(100 / p.kept(500, 1), 1)} hours"
    several = stored(2000, 12)
    many = number(several, 1)
    yield f"= {many} million records; {many} × {p.backtrack} = {number(several * p.backtrack, 4)} USD an hour"
    yield f"× 730 = {number(p.kept(2000, 12))} USD a month."
    yield f"costs {number(p.kept(2000, 1))} USD a month at this rate"
    yield f"so 200 USD buys {number(200 / p.kept(2000, 1), 1)} hours"
    noon = stored(300, 24)
    yield f"= {number(noon)} million stored, × {p.backtrack} = {number(noon * p.backtrack, 5)} USD an hour"
    yield f"× 730 = {number(p.kept(300, 24))} USD a month."


def machine_learning(p: Price) -> Iterator[str]:
    """18.7: the view of the opening, a million reviews, the lab, the answers."""
    reviews = 4000 * units(250)
    yield f"sentiment, {number(288 * reviews, 0)} units, yesterday"
    yield f"USD per unit that is {number(288 * reviews * p.comprehend)} USD"
    yield f"three million units and {number(MILLION * units(250) * p.comprehend, 0)} USD per pass"
    yield f"twelve units, {number(4 * 3 * p.comprehend, 4)} USD, plus the cluster"
    yield f"two instances at 2 ACU are {number(2 * 2 * 2 * p.acu_hour)} USD"
    yield f"Two hours are 2 × {p.ml_m5_large} = {number(2 * p.ml_m5_large)} USD"
    yield f"is {MONTH} × {p.ml_m5_large} = {number(MONTH * p.ml_m5_large)}."
    reading = 2000 * units(620)
    yield f"2,000 × {units(620)} = {number(reading, 0)} units, and a day has 96 quarter hours"
    yield f"{number(96 * reading, 0)} units or {number(96 * reading * p.comprehend)} USD."
    late = 150 * units(620)
    yield f"cost {number(reading * p.comprehend)} USD, and 150 new ones per day are {number(late, 0)} units"
    yield f"units or {number(late * p.comprehend, 3)} USD."


def lab(p: Price) -> Iterator[str]:
    """Yield the sentences on the cost of the lab by the hour, and if it is forgotten for a month."""
    for what, average, instances in (
        ("`aurora-lab`, idle at its floor", HALF, 2),
        ("`aurora-lab`, in use", Decimal(2), 2),
        ("`aurora-lab`, both at the ceiling", Decimal(4), 2),
        ("`aurora-lab-my`, idle at its floor", HALF, 1),
    ):
        yield f"| {what} | {average} | {number(instances * average * p.acu_hour)} |"
    yield f"cost {number(3 * MONTH * HALF * p.acu_hour)} USD in a month of 730 hours"
    acu_hours = 9 + 4 + 6 + 2 + 8 + 6 + 10  # section by section; samples/lab.toml has them one by one
    machines = 2 * (p.r6g_large + p.ml_m5_large + 2 * p.vpc_endpoint)
    yield f"It comes to {number(acu_hours * p.acu_hour + machines)} USD for seven evenings"


def drawn_crossing(p: Price) -> Iterator[str]:
    """Figure of 18.2."""
    yield f"I/O-Optimized: {number(p.optimized(p.two_machines, 500))}"
    yield f"{number(p.standard(p.two_machines, 500, 0))} with no I/O"


def drawn_windows(p: Price) -> Iterator[str]:
    """Figure of 18.6."""
    yield f"{number(p.kept(500, 24), 0)} USD a month"
    yield f"{number(p.kept(500, 72), 0)} USD a month"


SUMS: Mapping[str, Callable[[Price], Iterator[str]]] = {
    "18.01-architecture.md": architecture,
    "18.02-aurora-vs-rds.md": comparison,
    "18.03-endpoints.md": endpoints,
    "18.04-serverless.md": serverless,
    "18.05-global-database.md": global_database,
    "18.06-backtrack.md": backtrack,
    "18.07-machine-learning.md": machine_learning,
    "a-lab.md": lab,
    "figures/rds-breakeven.svg": drawn_crossing,
    "figures/back-cost.svg": drawn_windows,
}
