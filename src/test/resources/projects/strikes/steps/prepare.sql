CREATE TABLE strikes AS
SELECT id, CAST(date AS DATE) AS date, operator, speed, phase, damage
FROM read_csv('in/strikes/*.csv', header = true, all_varchar = true);

COPY (SELECT * FROM strikes WHERE date < CAST(getvariable('balsam_period_start') AS DATE) - INTERVAL 1 YEAR ORDER BY id)
  TO 'out/train.csv' (HEADER, DELIMITER ',');
COPY (SELECT * FROM strikes WHERE date >= CAST(getvariable('balsam_period_start') AS DATE) - INTERVAL 1 YEAR
    AND date < CAST(getvariable('balsam_period_start') AS DATE) ORDER BY id)
  TO 'out/validation.csv' (HEADER, DELIMITER ',');
COPY (SELECT * FROM strikes WHERE date >= CAST(getvariable('balsam_period_start') AS DATE)
    AND date < CAST(getvariable('balsam_period_end') AS DATE) ORDER BY id)
  TO 'out/test.csv' (HEADER, DELIMITER ',');
COPY (SELECT * FROM strikes WHERE date >= CAST(getvariable('balsam_period_end') AS DATE) - INTERVAL 3 MONTH
    AND date < CAST(getvariable('balsam_period_end') AS DATE) ORDER BY id)
  TO 'out/latest.csv' (HEADER, DELIMITER ',');
