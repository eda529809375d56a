-- GSBPM 5.1 Integrate data: monthly deliveries to one table with standardised names.
-- Values are taken as delivered. Anything unexpected ends the step with a message.

CREATE TEMP TABLE delivered_column AS
SELECT unnest([
    'month', 'nonfarm', 'private', 'goods_producing', 'service_providing', 'private_service_providing',
    'mining_and_logging', 'construction', 'manufacturing', 'durable_goods', 'nondurable_goods',
    'trade_transportation_utilties', -- so misspelt by the source
    'wholesale_trade', 'retail_trade', 'transportation_and_warehousing', 'utilities', 'information',
    'financial_activities', 'professional_and_business_services', 'education_and_health_services',
    'leisure_and_hospitality', 'other_services', 'government', 'nonfarm_change']) AS name;

CREATE TEMP TABLE delivery AS
SELECT parse_filename(filename) AS file,
       [trim(name, ' "') FOR name IN string_split(regexp_replace(content, '\r?\n.*', '', 's'), ',')] AS header
FROM read_text('in/ces/*.csv');

SELECT CASE WHEN count(*) = 0
            THEN error('raw/ces: no delivery is known; at least one monthly file ces.csv is needed') END
FROM delivery;

SELECT CASE WHEN count(*) > 0
            THEN error('raw/ces: ' || string_agg(file || ' lacks the column ' || name, '; ' ORDER BY file, name)
                       || '; the first line must name all 24 columns of the source') END
FROM delivery CROSS JOIN delivered_column
WHERE NOT list_contains(header, name);

CREATE TEMP TABLE line AS
SELECT parse_filename(filename) AS file, * EXCLUDE (filename)
FROM read_csv('in/ces/*.csv', header = true, skip = 0, delim = ',', quote = '"', escape = '"',
              all_varchar = true, union_by_name = true, filename = true);

SELECT CASE WHEN count(*) > 0
            THEN error('raw/ces: ' || string_agg(file || ' has no row', '; ' ORDER BY file)) END
FROM delivery
WHERE file NOT IN (SELECT file FROM line);

SELECT CASE WHEN count(*) > 0
            THEN error('raw/ces: ' || string_agg(file || ' has the month ''' || coalesce(month[1:40], '') || '''', '; ' ORDER BY file)
                       || '; allowed: the first day of the month, for example 2009-02-01') END
FROM line
WHERE month IS NULL OR try_cast(month AS DATE) IS NULL OR NOT regexp_full_match(month, '\d{4}-\d{2}-01');

-- deliveries of several months carry their month before the name: 2009-02-ces.csv
SELECT CASE WHEN count(*) > 0
            THEN error('raw/ces: ' || string_agg(file || ' holds the month ' || month, '; ' ORDER BY file, month)
                       || '; a delivery holds the one month of its name') END
FROM line
WHERE regexp_matches(file, '^\d{4}-\d{2}-') AND file[1:7] <> month[1:7];

SELECT CASE WHEN count(*) > 0
            THEN error('raw/ces: ' || string_agg(month, ', ' ORDER BY month) || ' delivered more than once') END
FROM (SELECT month FROM line GROUP BY month HAVING count(*) > 1);

SELECT CASE WHEN count(*) > 0
            THEN error('raw/ces: ' || string_agg(file, ', ' ORDER BY file) || ' lies after the period, which ends before '
                       || getvariable('balsam_period_end')) END
FROM line
WHERE CAST(month AS DATE) >= CAST(getvariable('balsam_period_end') AS DATE);

CREATE TEMP TABLE cell AS
SELECT file, name, trim(coalesce(value, '')) AS value
FROM line UNPIVOT INCLUDE NULLS (value FOR name IN (COLUMNS(* EXCLUDE (file, month))))
WHERE name IN (SELECT name FROM delivered_column);

SELECT CASE WHEN count(*) > 0
            THEN error('raw/ces: ' || string_agg(file || ', column ' || name || ', has ''' || value[1:40] || '''', '; ' ORDER BY file, name)
                       || '; allowed: a number not below 0 with at most one decimal, for example 5840.4'
                       || ' (nonfarm_change may be negative)') END
FROM cell
WHERE NOT regexp_full_match(value, CASE name WHEN 'nonfarm_change' THEN '-?' ELSE '' END || '\d{1,10}(\.\d)?');

CREATE TEMP TABLE months AS
SELECT CAST(month AS DATE) AS month, CAST(trim(COLUMNS(* EXCLUDE (month))) AS DECIMAL(12, 1))
FROM (SELECT month,
             nonfarm, private, goods_producing, service_providing, private_service_providing,
             mining_and_logging, construction, manufacturing, durable_goods, nondurable_goods,
             trade_transportation_utilties AS trade_transportation_utilities,
             wholesale_trade, retail_trade, transportation_and_warehousing, utilities, information,
             financial_activities, professional_and_business_services, education_and_health_services,
             leisure_and_hospitality, other_services, government, nonfarm_change
      FROM line);

COPY (SELECT * FROM months ORDER BY month) TO 'out/months.csv' (HEADER, DELIMITER ',');
COPY (SELECT * FROM months ORDER BY month) TO 'out/months.parquet' (FORMAT parquet);
