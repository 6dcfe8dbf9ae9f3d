using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.UnitTests.Indicators;
using ClusterPulse.UnitTests.Reference;
using Xunit;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>What the persons of a firm are counted in, by size and squared.</summary>
public sealed class EmploymentCellsTests
{
    private const string Firm = "org-firm";
    private static readonly Month Now = new(2004, 5);

    private readonly ReportingWorld _world;

    public EmploymentCellsTests(LoadedReference reference)
    {
        _world = new(reference);
        _world.Register(Firm, "320583", Ownership.Private, Now);
    }

    [Theory]
    [InlineData(499, "small", "large")]
    [InlineData(500, "large", "small")]
    public void A_firm_of_five_hundred_is_not_small(long persons, string size, string other)
    {
        Employ(persons);

        Assert.Equal((1, persons), (Cell(Measure.SizeCount, size), Cell(Measure.SizeEmployment, size)));
        Assert.Equal((0, 0), (Cell(Measure.SizeCount, other), Cell(Measure.SizeEmployment, other)));
    }

    [Theory]
    [InlineData(65_535, 0, 4_294_836_225)]
    [InlineData(65_536, 1, 0)]
    [InlineData(70_000, 1, 605_032_704)]
    public void The_square_of_its_persons_is_kept_in_two_halves(long persons, long high, long low)
    {
        Employ(persons);

        Assert.Equal((high, low), (Cell(Measure.EmploymentSquare, "high", "39"), Cell(Measure.EmploymentSquare, "low", "39")));
    }

    [Fact]
    public void A_square_that_is_too_large_is_an_error() => Assert.Throws<OverflowException>(() => Employ(4_000_000_000));

    [Fact]
    public void Who_was_never_registered_is_no_member_whatever_else_is_stored_of_it()
    {
        var deltas = new List<CellDelta>();

        new Contribution(EnterpriseState.Unknown(Firm) with { Version = 3 }, new TwoLocalities(), 1, deltas).Member();

        Assert.Empty(deltas);
    }

    private void Employ(long persons) => _world.Report(Firm, Feed.Employment, Now, ReportingWorld.Persons(persons));

    private long Cell(Measure measure, string dimension, string industry = "") =>
        _world.Cells("regions/320583")[new(measure, industry, dimension, Now)];
}
