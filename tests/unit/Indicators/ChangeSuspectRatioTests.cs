using ClusterPulse.Aggregation;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.UnitTests.Aggregation;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>What suspect reports hold of a change within a year, from reports to the figure.</summary>
public sealed class ChangeSuspectRatioTests
{
    private const string County = "regions/0101";
    private const string OtherCounty = "regions/0102";
    private static readonly Month March = new(2004, 3);
    private static readonly TwoLocalities Geography = new();

    private readonly Dictionary<string, EnterpriseState> _firms = [];
    private readonly Dictionary<string, CellTable> _cells = new() { [County] = new(), [OtherCounty] = new() };

    [Fact]
    public void A_slip_in_the_month_holds_what_its_enterprise_changed()
    {
        // In 万元: 100 instead of 1,000,000.
        Report("org-a", Feed.Output, (-12, 900_000), (-1, 1_000_000), (0, 100));
        Report("org-b", Feed.Output, (-12, 500_000), (-1, 400_000), (0, 400_000));

        Assert.Equal(899_900d / 999_900, Share());
        Assert.Equal([("suspect_change", -8_999d, "CNY"), ("change", -9_999d, "CNY")], Figure().Operands.Select(o => (o.Name, o.Value, o.Unit)));
    }

    [Fact]
    public void A_slip_in_the_earlier_month_holds_it_too()
    {
        Report("org-a", Feed.Employment, (-13, 40), (-12, 40_000), (-1, 38), (0, 39));
        Report("org-b", Feed.Employment, (-12, 1_000), (-1, 960), (0, 961));

        Assert.Equal(39_961d / 40_000, Share("employment_persons"));
        // The month before the earlier one was wrong, as turns out late.
        Report("org-a", Feed.Employment, (-13, 41_000));
        Assert.Equal(0, Share("employment_persons"));
    }

    [Fact]
    public void A_rise_is_held_as_a_fall_is()
    {
        Report("org-a", Feed.Output, (-12, 100), (-1, 100), (0, 1_000_000));
        Report("org-b", Feed.Output, (-12, 500_000), (0, 833_300));

        Assert.Equal(999_900d / 1_333_200, Share());
    }

    [Fact]
    public void Those_that_pull_the_other_way_hold_nothing_and_those_that_outweigh_the_rest_all()
    {
        Report("org-a", Feed.Output, (-12, 100), (-1, 100), (0, 1_000_000));
        Report("org-b", Feed.Output, (-12, 9_000_000), (-1, 1_000_000), (0, 1_000_000));
        Assert.Equal(0, Share());

        Report("org-b", Feed.Output, (0, 8_500_000));
        Assert.Equal(1, Share());
    }

    [Fact]
    public void Without_a_change_there_is_no_share()
    {
        Report("org-a", Feed.Output, (-12, 100), (-1, 100), (0, 1_000_000));
        Report("org-b", Feed.Output, (-12, 1_999_900), (-1, 1_000_000), (0, 1_000_000));

        Assert.Equal((null, Unavailable.NoDenominator), (Figure().Value, Figure().Reason));
        Assert.Equal((null, Unavailable.NoDenominator), (Figure("export_cny").Value, Figure("export_cny").Reason));
    }

    [Fact]
    public void Without_suspect_reports_the_share_is_a_plain_zero()
    {
        Report("org-a", Feed.Output, (-12, 500), (-1, 450), (0, 400));

        Assert.Equal(0, Share());
        Assert.False(double.IsNegative(Share()!.Value));
    }

    [Fact]
    public void Who_did_not_report_both_months_is_in_neither_sum()
    {
        Report("org-a", Feed.Output, (-12, 500), (0, 400));
        // A slip, with nothing a year ago; one of a year ago, with nothing now.
        Report("org-b", Feed.Output, (-1, 100), (0, 1_000_000));
        Report("org-c", Feed.Output, (-13, 100), (-12, 1_000_000));

        Assert.Equal(0, Share());
        Assert.Equal(-1, Figure().Operands[1].Value);
    }

    [Fact]
    public void What_takes_the_suspicion_away_takes_the_share_away()
    {
        Report("org-a", Feed.Output, (-12, 900), (-1, 100), (0, 1_000_000));
        Assert.Equal(1, Share());

        Report("org-a", Feed.Output, "a large order was delivered", (0, 1_000_000));
        Assert.Equal(0, Share());

        Report("org-a", Feed.Output, (0, 1_000_000));
        Assert.Equal(1, Share());

        // The month before was wrong.
        Report("org-a", Feed.Output, (-1, 900_000));
        Assert.Equal(0, Share());
    }

    [Fact]
    public void Output_that_comes_late_makes_exports_suspect_of_this_year_and_of_the_next()
    {
        Report("org-a", Feed.Export, (-12, 400), (0, 500), (12, 600));
        Assert.Equal(0, Share("export_cny"));

        Report("org-a", Feed.Output, (0, 450));

        Assert.Equal(1, Share("export_cny"));
        Assert.Equal(1, Share("export_cny", March + 12));
        Report("org-a", Feed.Output, (0, 500));
        Assert.Equal(0, Share("export_cny"));
        Assert.Equal(0, Share("export_cny", March + 12));
    }

    [Fact]
    public void Sums_of_the_year_count_by_the_months_that_they_give()
    {
        Report("org-a", Feed.Output, (-14, 1_000), (-13, 1_000), (-12, 1_000));
        ToDate("org-a", (-2, 1_000), (-1, 2_000), (0, 302_000));
        Assert.Equal((1, 2_990), (Share(), Figure().Operands[0].Value));

        // More in January leaves less for February, with which March is compared.
        ToDate("org-a", (-2, 1_900));
        Assert.Equal((0, -9), (Share(period: March - 1), Figure(period: March - 1).Operands[1].Value));
        Assert.Equal(1, Share());
        // More in February leaves less for March.
        ToDate("org-a", (-1, 3_000));

        Assert.Equal((0, 2_980), (Share(), Figure().Operands[1].Value));
    }

    [Fact]
    public void Who_has_moved_counts_where_it_is_now_in_both_sums()
    {
        Report("org-a", Feed.Output, (-12, 100), (-1, 100), (0, 1_000_000));
        Report("org-b", Feed.Output, (-12, 500), (0, 400));

        Change("org-a", d => d.Register(Profile("0102") with { ValidFrom = March - 1 }));

        Assert.Equal(0, Share());
        Assert.Equal(1, Of(_cells[OtherCounty], "output_cny", March).Value);
    }

    private static Profile Profile(string region) =>
        new() { ValidFrom = March - 36, Region = region, Industry = "3911", Ownership = Ownership.Private };

    private double? Share(string indicator = "output_cny", Month? period = null) => Figure(indicator, period).Value;

    /// <summary>From the cells that changes added up to, which are also those that facts give at once.</summary>
    private Figure Figure(string indicator = "output_cny", Month? period = null)
    {
        var rebuilt = new CellTable();
        var deltas = new List<CellDelta>();
        foreach (var firm in _firms.Values)
            new Contribution(firm, Geography, 1, deltas).All();
        foreach (var delta in deltas.Where(d => d.Place == County))
            rebuilt.Add(delta.Key, delta.Amount);
        Assert.Equal(Suspects(rebuilt), Suspects(_cells[County]));
        return Of(_cells[County], indicator, period ?? March);

        static IEnumerable<KeyValuePair<CellKey, long>> Suspects(CellTable cells) => cells.NonZero()
            .Where(c => c.Key.Measure is Measure.SuspectNow or Measure.SuspectThen)
            .OrderBy(c => c.Key.Measure).ThenBy(c => c.Key.Dimension, StringComparer.Ordinal).ThenBy(c => c.Key.Period);
    }

    private static Figure Of(CellTable cells, string indicator, Month period)
    {
        var view = new CellView(cells, ExchangeRates.None, _ => 2, new HashSet<(Feed, Month)>());
        return new ChangeSuspectRatio().At(view, period).Single(f => f.Labels == "indicator=" + indicator);
    }

    private void Report(string firm, Feed feed, params (int Month, long Amount)[] values) => Report(firm, feed, null, values);

    private void Report(string firm, Feed feed, string? note, params (int Month, long Amount)[] values) => Report(firm, feed, Basis.Month, note, values);

    private void ToDate(string firm, params (int Month, long Amount)[] values) => Report(firm, Feed.Output, Basis.YearToDate, null, values);

    private void Report(string firm, Feed feed, Basis basis, string? note, (int Month, long Amount)[] values)
    {
        if (!_firms.ContainsKey(firm))
        {
            _firms.Add(firm, EnterpriseState.Unknown(firm));
            Change(firm, d => d.Register(Profile("0101")));
        }
        foreach (var (month, amount) in values)
        {
            var content = new ReportContent
            {
                Basis = basis,
                Note = note,
                Lines = [new() { Currency = feed == Feed.Employment ? "" : "CNY", Amount = amount }],
            };
            Change(firm, d => d.Write(new(new(feed, March + month), new()
            {
                Revision = (d.State.Reports.Find(feed, March + month)?.Revision ?? 0) + 1,
                Content = content,
                Origin = new("3205", "s", 1),
                ContentHash = ContentHash.Of(content),
            })));
        }
    }

    private void Change(string firm, Action<EnterpriseDraft> what)
    {
        var draft = new EnterpriseDraft(_firms[firm], Geography);
        what(draft);
        foreach (var delta in draft.ToChange().Deltas)
        {
            if (_cells.TryGetValue(delta.Place, out var cells))
                cells.Add(delta.Key, delta.Amount);
        }
        _firms[firm] = draft.Committed();
    }
}
