using ClusterPulse.Aggregation;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using Xunit;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>Which months are odd, which warnings are open, and that cells count them whatever order reports come in.</summary>
public sealed class SoftChecksTests
{
    private const string County = "regions/0101";
    private static readonly Month March = new(2004, 3);
    private static readonly TwoLocalities Geography = new();

    private readonly Dictionary<CellKey, long> _cells = [];
    private EnterpriseState _firm = EnterpriseState.Unknown("org-1");

    public SoftChecksTests() => Change(d => d.Register(new()
    {
        ValidFrom = March - 36,
        Region = "0101",
        Industry = "3911",
        Ownership = Ownership.Private,
    }));

    [Theory]
    [InlineData(Feed.Output, 1_000, 300_000, true)]
    [InlineData(Feed.Output, 1_000, 299_999, false)]
    [InlineData(Feed.Export, 300_000, 1_000, true)]
    [InlineData(Feed.Export, 299_999, 1_000, false)]
    [InlineData(Feed.Employment, 40, 400_000, true)]
    [InlineData(Feed.Employment, 0, 400_000, false)]
    [InlineData(Feed.Employment, 400_000, 0, false)]
    [InlineData(Feed.Fdi, 1_000, 10_000_000, false)]
    public void A_slip_of_the_unit_is_told_by_the_month_before(Feed feed, long before, long now, bool isOdd)
    {
        Report(feed, March - 1, before);
        Report(feed, March, now);

        Assert.Equal(isOdd ? new Suspicion(SoftCheck.UnitSlip, now, before) : null, SoftChecks.Open(_firm, feed, March));
        Assert.Null(SoftChecks.Open(_firm, feed, March - 1));
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void The_month_before_may_be_up_to_three_months_back(int months, bool isOdd)
    {
        Report(Feed.Output, March - months, 1_000);
        Report(Feed.Output, March, 10_000_000);

        Assert.Equal(isOdd, SoftChecks.Open(_firm, Feed.Output, March) is not null);
    }

    [Fact]
    public void Another_currency_or_nothing_in_the_month_before_tells_nothing()
    {
        Report(Feed.Output, March - 2, 1_000);
        Report(Feed.Output, March - 1, []);
        Report(Feed.Output, March, 10_000_000);
        Report(Feed.Output, March + 1, new ReportLine { Currency = "USD", Amount = 1 });

        Assert.Null(SoftChecks.Open(_firm, Feed.Output, March));
        Assert.Null(SoftChecks.Open(_firm, Feed.Output, March + 1));
    }

    [Theory]
    [InlineData(Feed.Output, 1_000_000, 1_000_000, 10_000_000, true)]
    [InlineData(Feed.Output, 1_000_000, 1_000_000, 9_999_999, false)]
    [InlineData(Feed.Output, 1_000_000, 1_000_001, 10_000_000, false)]
    [InlineData(Feed.Output, 999_999, 999_999, 9_999_999, false)]
    [InlineData(Feed.Output, 10_000_000, 10_000_000, 1_000_000, true)]
    [InlineData(Feed.Output, 10_000_000, 100_000, 1_000_000, false)]
    [InlineData(Feed.Employment, 100, 120, 10, true)]
    [InlineData(Feed.Employment, 90, 99, 9, false)]
    public void An_outlier_is_far_from_the_month_before_and_from_the_year_before(Feed feed, long before, long yearAgo, long now, bool isOdd)
    {
        Report(feed, March - 12, yearAgo);
        Report(feed, March - 1, before);
        Report(feed, March, now);

        Assert.Equal(isOdd ? new Suspicion(SoftCheck.Outlier, now, before) : null, SoftChecks.Open(_firm, feed, March));
    }

    [Fact]
    public void Exports_above_output_are_odd_whichever_comes_first()
    {
        Report(Feed.Export, March, 501);
        Assert.Equal(0, Suspects("export"));
        Report(Feed.Output, March, 500);

        Assert.Equal(new Suspicion(SoftCheck.ExportAboveOutput, 501, 500), SoftChecks.Open(_firm, Feed.Export, March));
        Assert.Equal((1, 0), (Suspects("export"), Suspects("output")));
        Report(Feed.Output, March, 501);
        Assert.Equal(0, Suspects("export"));
        Report(Feed.Output, March, new ReportLine { Currency = "USD", Amount = 5 });
        Assert.Equal(0, Suspects("export"));
    }

    [Fact]
    public void A_revision_with_a_note_closes_the_warning_and_a_first_report_with_one_does_not()
    {
        Report(Feed.Output, March - 1, 1_000);
        Report(Feed.Output, March, "first of a large order", Yuan(1_000_000));
        Assert.Equal(1, Suspects("output"));

        Report(Feed.Output, March, Yuan(1_000_001));
        Assert.Equal(1, Suspects("output"));

        Report(Feed.Output, March, "a large order was delivered", Yuan(1_000_001));
        Assert.Equal(0, Suspects("output"));
    }

    [Fact]
    public void A_correction_of_the_month_before_takes_the_cause_away()
    {
        Report(Feed.Employment, March - 1, 3);
        Report(Feed.Employment, March, 3_000);
        Assert.Equal(1, Suspects("employment"));

        Report(Feed.Employment, March - 1, 2_990);

        Assert.Equal(0, Suspects("employment"));
        Assert.DoesNotContain(_cells, c => c.Key.Measure == Measure.Suspect && c.Value != 0);
    }

    [Fact]
    public void A_sum_of_the_year_is_judged_by_the_month_that_it_gives()
    {
        ToDate(March - 2, 1_000);
        ToDate(March - 1, 2_000);
        ToDate(March, 302_000);
        Assert.Equal(new Suspicion(SoftCheck.UnitSlip, 300_000, 1_000), SoftChecks.Open(_firm, Feed.Output, March));

        // January was in the wrong unit: February's month and with it the reference of March are others now.
        ToDate(March - 2, 1_900);

        Assert.Equal(new Suspicion(SoftCheck.UnitSlip, 300_000, 100), SoftChecks.Open(_firm, Feed.Output, March));
        Assert.Equal(1, Suspects("output"));
        ToDate(March - 1, 3_000);
        Assert.Equal(0, Suspects("output"));
    }

    [Fact]
    public void The_sender_is_told_field_value_and_what_it_was_compared_with()
    {
        Report(Feed.Output, March - 1, 1_000);
        Report(Feed.Output, March, 10_000_000);

        Assert.Equal(
            new Violation("output.value.minor_units", "10000000", Reasons.UnusualChange, "1000"), SoftWarnings.Of(_firm, new(Feed.Output, March)));
        Assert.Null(SoftWarnings.Of(_firm, new(Feed.Output, March - 1)));
        Report(Feed.Employment, March - 1, 100_000);
        Report(Feed.Employment, March, 1);
        Assert.Equal(("employment.persons", "1"), SoftWarnings.Of(_firm, new(Feed.Employment, March)) is { } told ? (told.Field, told.Value) : default);
    }

    private static ReportLine Yuan(long fen) => new() { Currency = "CNY", Amount = fen };

    private long Suspects(string feed) => _cells.GetValueOrDefault(new(Measure.Suspect, feed, March));

    private void Report(Feed feed, Month period, long amount) => Report(feed, period, feed switch
    {
        Feed.Employment => new() { Currency = "", Amount = amount },
        Feed.Fdi => Yuan(amount) with { Fdi = new() { Source = "TW", UltimateSource = "TW" } },
        _ => Yuan(amount),
    });

    private void Report(Feed feed, Month period, params ReportLine[] lines) => Report(feed, period, null, lines);

    private void Report(Feed feed, Month period, string? note, params ReportLine[] lines) =>
        Report(feed, period, new ReportContent { Basis = Basis.Month, Note = note, Nil = lines.Length == 0, Lines = [.. lines] });

    private void ToDate(Month period, long fen) => Report(Feed.Output, period, new ReportContent { Basis = Basis.YearToDate, Lines = [Yuan(fen)] });

    private void Report(Feed feed, Month period, ReportContent content) => Change(d => d.Write(new(new(feed, period), new()
    {
        Revision = (d.State.Reports.Find(feed, period)?.Revision ?? 0) + 1,
        Content = content,
        Origin = new("3205", "s", 1),
        ContentHash = ContentHash.Of(content),
    })));

    private void Change(Action<EnterpriseDraft> what)
    {
        var draft = new EnterpriseDraft(_firm, Geography);
        what(draft);
        foreach (var delta in draft.ToChange().Deltas.Where(d => d.Place == County))
            _cells[delta.Key] = _cells.GetValueOrDefault(delta.Key) + delta.Amount;
        _firm = draft.Committed();
    }
}
