using System.Text.RegularExpressions;
using ClusterPulse.Explain;
using ClusterPulse.Indicators;
using Xunit;

namespace ClusterPulse.UnitTests.Explain;

/// <summary>What an alert says of why a figure has changed.</summary>
public sealed partial class ReasonTextTests
{
    [Fact]
    public void ARatioNamesWhatPulledItDownAndLeavesOutWhatHeldIt()
    {
        var text = ReasonText.Of(Of(
            -0.018, ExplainMethod.Ratio, 0.2, ("昆山市", "Kunshan", -0.0214), ("太仓市", "Taicang", 0.009), ("吴江区", "Wujiang", -0.0056)));

        Assert.Equal("昆山市 Kunshan −0.021; 吴江区 Wujiang −0.006", text);
    }

    [Fact]
    public void ASumIsExplainedByWhatEachPartAddsToItsGrowth() =>
        Assert.Equal(
            "昆山市 Kunshan −8.1 %; 吴江区 Wujiang −3.0 %",
            ReasonText.Of(Of(-111, ExplainMethod.Difference, 1_000, ("昆山市", "Kunshan", -81), ("吴江区", "Wujiang", -30))));

    [Fact]
    public void AtMostThreeAreNamedAndNoneThatIsSmallBesideTheFirst()
    {
        Assert.Equal("a +0.400; b +0.300; c +0.200", ReasonText.Of(Of(
            1, ExplainMethod.Shapley, 0, ("a", "a", 0.4), ("b", "b", 0.3), ("c", "c", 0.2), ("d", "d", 0.1))));
        Assert.Equal("a +0.970", ReasonText.Of(Of(1, ExplainMethod.Shapley, 0, ("a", "a", 0.97), ("b", "b", 0.03))));
    }

    [Fact]
    public void WithoutAChangeThatCanBeSeenThereIsNoReason()
    {
        Assert.Null(ReasonText.Of(new()));
        Assert.Null(ReasonText.Of(Of(0, ExplainMethod.Ratio, 1)));
        Assert.Null(ReasonText.Of(Of(0.0001, ExplainMethod.Ratio, 1, ("a", "a", 0.0001))));
    }

    [Fact]
    public void EveryReasonThatAnAlertJoinsIsMadeAndNoOther()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "ClusterPulse.sln")))
            at = at.Parent!;
        var rules = File.ReadAllText(Path.Combine(at.FullName, "deploy", "prometheus", "alerts.rules.yml"));

        var joined = Joined().Matches(rules).Select(m => m.Groups[1].Value).Distinct().Order(StringComparer.Ordinal).ToList();

        Assert.Equal(joined, JudgedFigures.All.Select(j => j.Indicator).Order(StringComparer.Ordinal));
        Assert.All(joined, indicator => Assert.True(ExplainMethods.Explains(indicator), indicator));
    }

    private static Explanation Of(double change, ExplainMethod method, double then, params (string Zh, string En, double Contribution)[] parts) => new()
    {
        Change = change,
        Method = method,
        Then = new("output_cny", new(2003, 12), Figure.Of(then), FigureStatus.Final, 1),
        Parts =
        [
            .. parts.OrderByDescending(p => Math.Abs(p.Contribution))
                .Select(p => new ExplainedPart(PartKind.Region, "regions/" + p.En, p.Zh, p.En, p.Contribution, null, null, [], [])),
        ],
    };

    [GeneratedRegex("clusterpulse:explained{indicator=\"([a-z_]+)\"}")]
    private static partial Regex Joined();
}
