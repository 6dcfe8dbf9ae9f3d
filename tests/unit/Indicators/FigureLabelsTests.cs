using ClusterPulse.Indicators;
using Xunit;

namespace ClusterPulse.UnitTests.Indicators;

/// <summary>Which of several figures labels mean.</summary>
public sealed class FigureLabelsTests
{
    private static readonly Figure Plain = Figure.Of(1);
    private static readonly Figure Electronics = Figure.Of(2).With("industry", "39");
    private static readonly Figure OfTaiwan = Figure.Of(3).With("source", "TW");
    private static readonly Figure ElectronicsOfTaiwan = Figure.Of(4).With("source", "TW").With("industry", "39");

    [Theory]
    [InlineData("", 1)]
    [InlineData("industry=39", 2)]
    [InlineData("source=TW", 3)]
    [InlineData("source=TW,industry=39", 4)]
    [InlineData("industry=39,source=TW", 4)]
    [InlineData("source=HK", null)]
    public void Of_many_that_have_the_labels_the_one_with_no_others_is_meant(string labels, int? value) =>
        Assert.Equal(value, Figure.Named([ElectronicsOfTaiwan, OfTaiwan, Electronics, Plain], labels, f => f)?.Value);

    [Fact]
    public void The_only_one_that_has_them_is_meant_whatever_others_it_has() =>
        Assert.Same(ElectronicsOfTaiwan, Figure.Named([ElectronicsOfTaiwan, Plain], "industry=39", f => f));

    [Fact]
    public void Where_there_is_no_telling_none_is_meant()
    {
        Assert.Null(Figure.Named([ElectronicsOfTaiwan, Figure.Of(5).With("industry", "39").With("estate", "sip")], "industry=39", f => f));
        Assert.Null(Figure.Named([Plain, Figure.Of(5)], "", f => f));
        Assert.Null(Figure.Named<Figure>([], "", f => f));
    }
}
