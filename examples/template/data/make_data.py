"""
Writes parcels.csv: parcels that never were. Whether one comes late depends on its distance, on its number of items, and
on how well its depot works these days, which drifts; the rest is chance. The same seed gives the same file.
"""

import csv
import math
import random
from datetime import datetime, timedelta

random.seed(20240101)
start = datetime(2024, 1, 1)
depots = {"north": 0.4, "south": -0.3, "east": 0.0, "west": -0.1}
trouble = dict.fromkeys(depots, 0.0)

with open("parcels.csv", "w", newline="") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["parcel_id", "depot", "sent_at", "delivered_at", "items", "distance_km", "late"])
    parcel = 0
    for day in range(120):
        for depot, habit in depots.items():
            trouble[depot] = 0.9 * trouble[depot] + random.gauss(0, 0.5)
            for _ in range(random.randint(6, 12)):
                parcel += 1
                sent = start + timedelta(days=day, hours=random.randint(7, 18), minutes=random.randint(0, 59))
                items = 1 + min(9, int(random.expovariate(0.7)))
                distance = round(random.lognormvariate(4.0, 0.7), 1)
                score = -2.2 + habit + trouble[depot] + 0.008 * distance + 0.15 * items
                late = int(random.random() < 1 / (1 + math.exp(-score)))
                hours = 4 + distance / 40 + late * random.uniform(3, 20)
                # A scanner forgets the distance now and then.
                shown = "" if random.random() < 0.02 else distance
                delivered = sent + timedelta(hours=hours)
                writer.writerow(
                    [f"p{parcel:05d}", depot, f"{sent:%Y-%m-%d %H:%M}", f"{delivered:%Y-%m-%d %H:%M}", items, shown, late]
                )
