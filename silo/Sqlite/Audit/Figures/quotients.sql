-- Quotients become figures.
INSERT INTO audit_figure
SELECT indicator, place, labels, month, iif(denominator = 0, NULL, numerator / denominator),
    CASE WHEN numerator IS NULL OR denominator IS NULL THEN 'no_rate' WHEN denominator = 0 THEN 'no_denominator' ELSE 'none' END
FROM audit_quotient;
