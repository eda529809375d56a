-- Run after the step, in its folder: ends with an error when the result cannot be right.
SELECT CASE WHEN count(*) > 0 THEN error('a distance within the threshold is no outlier') END
FROM read_csv('out/outliers.csv', header = true)
WHERE distance <= 5;

SELECT CASE WHEN count(*) <> count(DISTINCT (month, industry))
            THEN error('a month of an industry is listed twice') END
FROM read_csv('out/outliers.csv', header = true);
