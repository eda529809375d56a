-- GSBPM 5.7 Calculate aggregates: the known months of each quarter and industry, added up.
-- The mean is sum_of_months / months_known; it is rounded in the tables, not here.

CREATE TEMP TABLE quarters AS
SELECT year(month) || '-Q' || quarter(month) AS period,
       CAST(date_trunc('quarter', month) AS DATE) AS first_day,
       industry,
       CAST(count(*) AS INTEGER) AS months_known,
       CAST(sum(jobs) AS DECIMAL(14, 1)) AS sum_of_months
FROM (UNPIVOT (FROM 'in/std_months/months.parquet')
      ON COLUMNS(* EXCLUDE (month, nonfarm_change)) INTO NAME industry VALUE jobs)
GROUP BY ALL;

SELECT CASE WHEN max(first_day) IS DISTINCT FROM CAST(getvariable('balsam_period_start') AS DATE)
            THEN error('std/months: no month of ' || upper(getvariable('balsam_period'))
                       || ' is known; the newest quarter is ' || coalesce(max(period), 'none')) END
FROM quarters;

SELECT CASE WHEN count(*) > 0
            THEN error('std/months: ' || string_agg(period || ' has ' || months_known || ' months', '; ' ORDER BY period)
                       || '; every quarter before the round''s own needs 3') END
FROM (SELECT DISTINCT period, first_day, months_known FROM quarters)
WHERE months_known <> 3 AND first_day < CAST(getvariable('balsam_period_start') AS DATE);

SELECT CASE WHEN count(DISTINCT first_day) <> date_diff('quarter', min(first_day), max(first_day)) + 1
            THEN error('std/months: whole quarters are missing between ' || min(period) || ' and ' || max(period)) END
FROM quarters;

COPY (SELECT * FROM quarters ORDER BY period, industry) TO 'out/quarters.csv' (HEADER, DELIMITER ',');
COPY (SELECT * FROM quarters ORDER BY period, industry) TO 'out/quarters.parquet' (FORMAT parquet);
