select parcel_id, sent_at, delivered_at, depot, items, distance_km, late
from parcels
