using System.Collections.Immutable;

namespace ClusterPulse.Demo.Arithmetic;

/// <summary>How fast a kind of firm grows.</summary>
internal enum Growth
{
    Electronics,
    Foreign,
    Domestic,
    Supplier,
    Endogenous,

    /// <summary>Electronics of Dongguan, which new investment begins to pass by.</summary>
    Assembly,

    /// <summary>Small firms of Italy's districts: slow and steady.</summary>
    District,
}

/// <summary>Steady growth over the demo's months as parts per million; month k + 12 is month k times the year's factor.</summary>
internal sealed class Trend
{
    private readonly ImmutableArray<long> output;
    private readonly ImmutableArray<long> persons;

    /// <summary>Yearly factors, and their twelfth roots rounded: no transcendental function at run time.</summary>
    private Trend(long outputYear, long outputMonth, long personsYear, long personsMonth)
    {
        output = Path(outputYear, outputMonth);
        persons = Path(personsYear, personsMonth);
    }

    public static ImmutableArray<Trend> ByGrowth { get; } =
    [
        new(1_400_000, 1_028_436, 1_180_000, 1_013_888),
        new(1_150_000, 1_011_715, 1_060_000, 1_004_868),
        new(1_180_000, 1_013_888, 1_040_000, 1_003_274),
        new(1_250_000, 1_018_769, 1_080_000, 1_006_434),
        new(1_080_000, 1_006_434, 1_030_000, 1_002_466),
        new(1_160_000, 1_012_445, 1_090_000, 1_007_207),
        new(1_025_000, 1_002_060, 1_005_000, 1_000_416),
    ];

    private static ReadOnlySpan<int> Season =>
    [
        930_000, 820_000, 1_010_000, 1_000_000, 1_000_000, 1_020_000,
        980_000, 990_000, 1_040_000, 1_050_000, 1_070_000, 1_090_000,
    ];

    /// <summary>Output of the month relative to an average month of the first year's start.</summary>
    public long Output(int month) => Ppm.Of(output[month], Season[month % 12]);

    /// <summary>Employment relative to the last month's.</summary>
    public long Persons(int month) => persons[month] * Ppm.One / persons[^1];

    private static ImmutableArray<long> Path(long year, long month)
    {
        var path = new long[DemoFacts.Months];
        path[0] = Ppm.One;
        for (var k = 1; k < path.Length; k++)
            path[k] = k < 12 ? Ppm.Of(path[k - 1], month) : Ppm.Of(path[k - 12], year);
        return [.. path];
    }
}
