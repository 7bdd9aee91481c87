"""Draws what `airlens bench spark --grow` prints: growth_picture.py RESULTS.csv PICTURE.svg (needs matplotlib)."""
import csv
import sys
from collections import defaultdict

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt

STYLES = {"in process": ("#0f6b66", "o", "-"), "Spark local[1]": ("#c2410c", "s", "--"), "Spark local[2]": ("#1d4ed8", "^", "-")}


def main():
    lines = defaultdict(list)
    with open(sys.argv[1], newline="") as results:
        for row in csv.DictReader(results):
            lines[row["engine"]].append((int(row["rows"]) / 1e6, float(row["seconds"])))
    plt.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "airlens", "font.family": "sans-serif", "font.size": 11})
    figure, axes = plt.subplots(figsize=(7.2, 4.4))
    for engine, points in lines.items():
        colour, marker, style = STYLES[engine]
        axes.plot(*zip(*sorted(points)), color=colour, marker=marker, linestyle=style, label=engine)
    axes.set(xscale="log", yscale="log", xlabel="million rows of the archive", ylabel="seconds, from the command to its end")
    axes.grid(True, which="both", color="#dddddd", linewidth=0.5)
    axes.legend(frameon=False)
    figure.tight_layout()
    figure.savefig(sys.argv[2], metadata={"Date": None})


main()
