-- A server's minute samples between two moments, by time: all, or where that is more than can be shown (a :stretch_s of over a
-- minute), the first of each stretch.
SELECT t.sample
FROM ((SELECT s.at, s.sample FROM metric_sample s
       WHERE :stretch_s::integer <= 60 AND s.node = :node AND s.at >= :from::timestamptz AND s.at <= :to::timestamptz
       ORDER BY s.at LIMIT :count::integer)
      UNION ALL
      SELECT x.at, x.sample
      FROM generate_series(:from::timestamptz, CASE WHEN :stretch_s::integer > 60 THEN :to::timestamptz ELSE '-infinity' END,
                           make_interval(secs => :stretch_s::integer)) AS b(at)
      CROSS JOIN LATERAL
          (SELECT s.at, s.sample FROM metric_sample s
           WHERE s.node = :node AND s.at >= b.at AND s.at < b.at + make_interval(secs => :stretch_s::integer)
             AND s.at <= :to::timestamptz
           ORDER BY s.at LIMIT 1) x) t
ORDER BY t.at LIMIT :count::integer
