using ClusterPulse.Aggregation;
using ClusterPulse.Facts;

namespace ClusterPulse.Indicators;

/// <summary>Estimate of an open month from those that have reported: x̂(p) = x(p−1) × Σ matched x(p) ÷ Σ matched x(p−1).</summary>
public static class FlashEstimate
{
    /// <summary>Null where the indicator is not a month's sum, or nothing can be matched.</summary>
    public static Figure? Of(CellView cells, IndicatorDefinition definition, Month period)
    {
        (Measure Measure, Feed Feed, string Currency)? sum = definition.Id switch
        {
            "output_cny" => (Measure.Output, Feed.Output, "CNY"),
            "export_cny" => (Measure.Export, Feed.Export, "CNY"),
            "employment_persons" => (Measure.Employment, Feed.Employment, ""),
            "fdi_utilised_usd" => (Measure.Fdi, Feed.Fdi, "USD"),
            _ => null,
        };
        if (sum is not { } s || !cells.Completeness(s.Feed).IsComplete(period - 1))
            return null;
        var head = s.Feed.Word() + "|1";
        // Employment's dimensions carry no currency.
        var before = s.Currency.Length == 0
            ? cells.Sum(s.Measure, period - 1)
            : cells.Money(s.Measure, period - 1, period - 1, s.Currency);
        var now = cells.Money(Measure.MatchedNow, period, period, s.Currency, d => d == head);
        var then = cells.Money(Measure.MatchedThen, period, period, s.Currency, d => d == head, 1);
        if (before is null || now is null || then is null or <= 0)
            return null;
        return Figure.Of(before.Value * now.Value / then.Value,
            new("before", before.Value, definition.Unit), new("matched_now", now.Value, definition.Unit), new("matched_then", then.Value, definition.Unit));
    }
}
