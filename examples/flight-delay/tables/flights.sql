select
  to_char(make_date(year, month, day), 'YYYYMMDD') || '-' || carrier || flight || '-' || origin || '-' ||
    lpad(sched_dep_time::text, 4, '0') as flight_key,
  carrier,
  tailnum,
  origin,
  dest,
  distance,
  make_date(year, month, day) as local_day,
  hour * 60 + minute as sched_min,
  (time_hour at time zone 'UTC') + make_interval(mins => minute) as sched_dep,
  dep_delay,
  (time_hour at time zone 'UTC') + make_interval(mins => minute + dep_delay) as departed_at,
  air_time,
  arr_delay,
  (time_hour at time zone 'UTC') + make_interval(mins => minute + dep_delay + air_time + 120) as truth_at
from flights
