-- GSBPM 6.1 Prepare draft outputs: levels and changes for every quarter up to the round's own.
-- All figures come from the exact sums by whole-number arithmetic and are rounded once, half away from zero.

CREATE TEMP MACRO half_up(numerator, denominator) AS
    sign(numerator) * ((2 * abs(numerator) + denominator) // (2 * denominator));
CREATE TEMP MACRO one_decimal(numerator, denominator) AS
    CAST(CAST(half_up(numerator, denominator) AS BIGINT) * CAST(0.1 AS DECIMAL(2, 1)) AS DECIMAL(12, 1));
CREATE TEMP MACRO percent(numerator, denominator) AS
    CAST(CAST(half_up(10000 * numerator, denominator) AS BIGINT) * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(12, 2));

-- s: sum of the known months in tenths, n: how many; the level is s / n
CREATE TEMP TABLE level AS
SELECT period, first_day, industry, CAST(months_known AS HUGEINT) AS n, CAST(sum_of_months * 10 AS HUGEINT) AS s
FROM 'in/proc_quarters/quarters.parquet';

CREATE TEMP TABLE employment AS
SELECT now.period,
       now.industry,
       CAST(now.n AS INTEGER) AS months_known,
       one_decimal(now.s, now.n) AS employment,
       one_decimal(now.s * before.n - before.s * now.n, now.n * before.n) AS change_previous_quarter,
       CASE WHEN before.s > 0 THEN percent(now.s * before.n - before.s * now.n, before.s * now.n) END
           AS change_previous_quarter_percent,
       one_decimal(now.s * past.n - past.s * now.n, now.n * past.n) AS change_year,
       CASE WHEN past.s > 0 THEN percent(now.s * past.n - past.s * now.n, past.s * now.n) END
           AS change_year_percent
FROM level AS now
LEFT JOIN level AS before
    ON before.industry = now.industry AND before.first_day = now.first_day - INTERVAL 3 MONTH
LEFT JOIN level AS past
    ON past.industry = now.industry AND past.first_day = now.first_day - INTERVAL 12 MONTH;

COPY (SELECT * FROM employment ORDER BY period, industry) TO 'out/employment.csv' (HEADER, DELIMITER ',');
COPY (SELECT * FROM employment ORDER BY period, industry) TO 'out/employment.parquet' (FORMAT parquet);
