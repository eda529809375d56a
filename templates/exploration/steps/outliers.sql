-- Which monthly changes of employment are unusual for their industry?
-- Distance: |change - median| / (1.4826 * MAD) over all known months of the industry; a distance
-- beyond k is an outlier. An industry whose MAD is 0 moves too rarely to be judged and is left out.

CREATE TEMP TABLE known AS
SELECT * FROM read_csv('in/ces/*.csv', header = true, union_by_name = true, auto_detect = true);

CREATE TEMP TABLE level AS
UNPIVOT (SELECT month::DATE AS month, COLUMNS(* EXCLUDE (month, nonfarm_change))::DOUBLE FROM known)
ON COLUMNS(* EXCLUDE (month)) INTO NAME industry VALUE jobs;

CREATE TEMP TABLE change AS
SELECT month, industry, jobs - lag(jobs) OVER (PARTITION BY industry ORDER BY month) AS change
FROM level;

CREATE TEMP TABLE judged AS
SELECT month, industry, change,
       abs(change - median(change) OVER (PARTITION BY industry))
         / nullif(1.4826 * mad(change) OVER (PARTITION BY industry), 0) AS distance
FROM change
WHERE change IS NOT NULL;

COPY (
  SELECT month, industry, round(change, 1) AS change, round(distance, 2) AS distance
  FROM judged
  WHERE distance > getvariable('balsam_param_k')::DOUBLE
  ORDER BY distance DESC, month, industry
) TO 'out/outliers.csv' (HEADER, DELIMITER ',');
