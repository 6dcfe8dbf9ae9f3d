using ClusterPulse.Facts;
using ClusterPulse.Indicators;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Says 1 of every month: what is left is which months it is asked for.</summary>
internal sealed class ProbeIndicator(params Feed[] feeds) : IIndicator
{
    public IndicatorDefinition Definition => new()
    {
        Id = "probe",
        NameZh = "",
        NameEn = "",
        Unit = "count",
        Formula = "",
        Source = "",
        Feeds = [.. feeds],
        ComparedWith = ComparedWith,
        IsAboutReporting = IsAboutReporting,
        IsDetail = IsDetail,
    };

    public Peer ComparedWith { get; init; }

    public bool IsAboutReporting { get; init; }

    public bool IsDetail { get; init; }

    public IEnumerable<Figure> At(CellView cells, Month period) => [Figure.Of(1)];
}
