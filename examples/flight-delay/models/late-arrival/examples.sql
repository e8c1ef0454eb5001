select
  flight_key,
  sched_dep - interval 2 hour as predict_at,
  truth_at,
  local_day,
  date_trunc('hour', sched_dep) as sched_hour,
  carrier,
  origin,
  dest,
  tailnum,
  distance,
  sched_min::double as sched_min,
  isodow(local_day)::double as dow,
  arr_delay,
  case when arr_delay >= 15 then 1 when arr_delay < 15 then 0 end as late
from flights
