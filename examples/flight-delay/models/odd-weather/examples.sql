select origin, time_hour, temp, dewp, humid, wind_speed, coalesce(wind_gust, wind_speed) as wind_gust, precip, pressure, visib
from weather
