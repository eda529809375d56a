-- Standardises the strike reports and cuts them by time into the sets of a training.
-- For the reference period P (one year): train = before P-1, validation = P-1, test = P,
-- latest = the newest six months of P that have reports.

CREATE TABLE delivered AS
SELECT row_number() OVER () AS line, *
FROM read_csv('in/strikes/*.csv', header = true, all_varchar = true, quote = '"', delim = ',');

-- a category outside its list becomes 'unknown'; a speed that is not given stays missing
CREATE TABLE strikes AS
SELECT
  CAST("Flight Date" AS DATE) AS date,
  strftime(CAST("Flight Date" AS DATE), '%Y-%m-%d') || '-'
    || row_number() OVER (PARTITION BY "Flight Date" ORDER BY line) AS id,
  CASE WHEN "Effect Amount of damage" IN ('None', 'Minor', 'Medium', 'Substantial')
    THEN "Effect Amount of damage" ELSE 'unknown' END AS effect,
  coalesce(nullif(trim("Aircraft Airline Operator"), ''), 'unknown') AS operator,
  coalesce(nullif(trim("Aircraft Make Model"), ''), 'unknown') AS aircraft,
  coalesce(nullif(trim("Airport Name"), ''), 'unknown') AS airport,
  CASE WHEN "Phase of flight" IN
      ('Parked', 'Taxi', 'Take-off run', 'Climb', 'Descent', 'Approach', 'Landing Roll')
    THEN "Phase of flight" ELSE 'unknown' END AS phase,
  CASE WHEN "Wildlife Size" IN ('Small', 'Medium', 'Large')
    THEN "Wildlife Size" ELSE 'unknown' END AS size,
  coalesce(nullif(trim("Wildlife Species"), ''), 'unknown') AS species,
  CASE WHEN "Time of day" IN ('Dawn', 'Day', 'Dusk', 'Night')
    THEN "Time of day" ELSE 'unknown' END AS daytime,
  CAST(nullif(trim("Speed IAS in knots"), '') AS INTEGER) AS speed
FROM delivered;

-- every report, also those without a known effect, which no set can hold
COPY (
  SELECT id, date, effect, operator, aircraft, airport, phase, size, species, daytime, speed,
    CASE
      WHEN effect = 'unknown' THEN 'none'
      WHEN date < CAST(getvariable('balsam_period_start') AS DATE) - INTERVAL 1 YEAR THEN 'train'
      WHEN date < CAST(getvariable('balsam_period_start') AS DATE) THEN 'validation'
      WHEN date < CAST(getvariable('balsam_period_end') AS DATE) THEN 'test'
      ELSE 'none'
    END AS set
  FROM strikes
  ORDER BY date, id
) TO 'out/strikes.csv' (HEADER, DELIMITER ',');

CREATE TABLE rows AS
SELECT
  id,
  date,
  CASE WHEN effect = 'None' THEN '0' ELSE '1' END AS damage,
  operator, aircraft, airport, phase, size, species, daytime, speed
FROM strikes
WHERE effect <> 'unknown'
  AND date < CAST(getvariable('balsam_period_end') AS DATE);

COPY (
  SELECT * FROM rows
  WHERE date < CAST(getvariable('balsam_period_start') AS DATE) - INTERVAL 1 YEAR
  ORDER BY date, id
) TO 'out/train.csv' (HEADER, DELIMITER ',');

COPY (
  SELECT * FROM rows
  WHERE date >= CAST(getvariable('balsam_period_start') AS DATE) - INTERVAL 1 YEAR
    AND date < CAST(getvariable('balsam_period_start') AS DATE)
  ORDER BY date, id
) TO 'out/validation.csv' (HEADER, DELIMITER ',');

COPY (
  SELECT * FROM rows
  WHERE date >= CAST(getvariable('balsam_period_start') AS DATE)
  ORDER BY date, id
) TO 'out/test.csv' (HEADER, DELIMITER ',');

COPY (
  SELECT * FROM rows
  WHERE date >= CAST(getvariable('balsam_period_start') AS DATE)
    AND date >= (SELECT date_trunc('month', max(date)) - INTERVAL 5 MONTH FROM rows)
  ORDER BY date, id
) TO 'out/latest.csv' (HEADER, DELIMITER ',');
