using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Indicators.Clusters;
using ClusterPulse.Regions;
using ClusterPulse.UnitTests.Reference;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace ClusterPulse.UnitTests.Regions;

/// <summary>What regions tell becomes one table, once all are known and not too often.</summary>
public sealed class StandingsBookTests
{
    private static readonly Month Now = new(2004, 12);
    private static readonly string[] All = ["regions/CN", "regions/32", "regions/3205"];

    private readonly FakeTimeProvider _time = new(new(2005, 1, 10, 0, 0, 0, TimeSpan.Zero));
    private readonly StandingsBook _book;
    private long _revision;

    public StandingsBookTests(LoadedReference reference) => _book = new(new(new(), reference.Data), _time);

    [Fact]
    public void ThereIsNoTableBeforeAllRegionsAreKnown()
    {
        Tell("regions/CN", 1_500);
        Tell("regions/32", 1_500);
        Assert.Null(_book.NewerThan(null, All));

        Tell("regions/3205", 1_500);

        var table = _book.NewerThan(null, All);
        Assert.Equal(1_500, table!.Levels.Single(l => l.Level == "prefecture").Divisions.Single().Persons);
        Assert.Null(_book.NewerThan(table.Stamp, All));
    }

    [Fact]
    public void AChangeMakesANewTableOnceTheLastOneIsTenSecondsOld()
    {
        var table = Tables(1_500);
        _time.Advance(TimeSpan.FromSeconds(1));
        Tell("regions/3205", 1_600);
        Assert.Null(_book.NewerThan(table.Stamp, All));

        _time.Advance(TimeSpan.FromSeconds(9));

        Assert.Equal(1_600, _book.NewerThan(table.Stamp, All)!.Levels.Single(l => l.Level == "prefecture").Divisions.Single().Persons);
    }

    [Fact]
    public void TheSameToldAgainAndWhatIsOlderChangeNothing()
    {
        var table = Tables(1_500);
        _time.Advance(TimeSpan.FromMinutes(1));

        Tell("regions/3205", 1_500);
        _book.Take(Standing("regions/3205", 9_999, "one", _revision - 1));

        Assert.Null(_book.NewerThan(table.Stamp, All));
    }

    /// <summary>A region that has moved to a silo whose clock is late, or that begins anew, is not taken for an old one.</summary>
    [Fact]
    public void WhatAnotherActivationTellsCountsWhateverTheFirstHasTold()
    {
        var table = Tables(1_500);
        _time.Advance(TimeSpan.FromMinutes(1));

        _book.Take(Standing("regions/3205", 1_600, "two", 0));

        Assert.Equal(1_600, _book.NewerThan(table.Stamp, All)!.Levels.Single(l => l.Level == "prefecture").Divisions.Single().Persons);
    }

    [Fact]
    public void WhileANewRegionIsNotKnownTheLastTableStays()
    {
        var table = Tables(1_500);
        _time.Advance(TimeSpan.FromMinutes(1));
        Tell("regions/3205", 1_600);

        Assert.Null(_book.NewerThan(table.Stamp, [.. All, "regions/3303"]));
        Assert.Equal(table.Stamp, _book.NewerThan(null, [.. All, "regions/3303"])!.Stamp);
    }

    private StandingsTable Tables(long persons)
    {
        foreach (var place in All)
            Tell(place, persons);
        return _book.NewerThan(null, All)!;
    }

    private void Tell(string place, long persons) => _book.Take(Standing(place, persons, "one", ++_revision));

    private static PlaceStanding Standing(string place, long persons, string activation, long revision)
    {
        var cells = new CellTable();
        cells.Add(new(Measure.Active, "private", Now), 1);
        cells.Add(new(Measure.Reported, "employment", Now), 1);
        cells.Add(new(Measure.Employment, "private", Now), persons);
        cells.Add(new(Measure.Employment, "39", "private", Now), persons);
        return new(place, activation, revision, Standings.PartOf(cells, place switch { "regions/CN" => "nation", "regions/32" => "province", _ => "prefecture" }).Encode());
    }
}
