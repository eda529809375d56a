-- GSBPM 6.1 Prepare draft outputs: what this revision changes in the figures released before.
-- Compares published levels: all industries of the round's own quarter, and any earlier figure that differs.
-- Without a previous release the table has a header and no rows.

CREATE TEMP MACRO half_up(numerator, denominator) AS
    CAST(sign(numerator) * ((2 * abs(numerator) + denominator) // (2 * denominator)) AS BIGINT);

-- reading needs at least one file: an empty release stands in when there is none
SET VARIABLE releases = ['code/steps/no-previous-release.csv']
    || coalesce((SELECT list(file ORDER BY file) FROM glob('in/previous/*.csv')), []);

CREATE TEMP TABLE compared AS
SELECT now.period,
       now.industry,
       CAST(before.months_known AS INTEGER) AS months_known_before,
       now.months_known,
       CAST(before.employment AS DECIMAL(12, 1)) AS employment_before,
       CAST(half_up(CAST(now.sum_of_months * 10 AS HUGEINT), CAST(now.months_known AS HUGEINT))
            * CAST(0.1 AS DECIMAL(2, 1)) AS DECIMAL(12, 1)) AS employment
FROM 'in/proc_quarters/quarters.parquet' AS now
JOIN read_csv(getvariable('releases'), header = true, skip = 0, delim = ',', all_varchar = true, union_by_name = true)
    AS before
    ON before.period = now.period AND before.industry = now.industry;

CREATE TEMP TABLE revisions AS
SELECT *,
       CAST(employment - employment_before AS DECIMAL(12, 1)) AS revision,
       CASE WHEN employment_before > 0
            THEN CAST(half_up(CAST(100000 * (employment - employment_before) AS HUGEINT),
                              CAST(10 * employment_before AS HUGEINT))
                      * CAST(0.01 AS DECIMAL(3, 2)) AS DECIMAL(12, 2)) END AS revision_percent
FROM compared
WHERE period = upper(getvariable('balsam_period')) OR employment <> employment_before;

COPY (SELECT * FROM revisions ORDER BY period, industry) TO 'out/revisions.csv' (HEADER, DELIMITER ',');
