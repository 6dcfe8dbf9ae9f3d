using ClusterPulse.Demo.Arithmetic;

namespace ClusterPulse.Demo.Firms;

/// <summary>Persons employed at the end: from the lowest, few near the highest.</summary>
internal readonly record struct FirmSizes(int Smallest, int SmallSpan, int Large, int LargeSpan)
{
    /// <summary>Up to 455, or from 560 to 5,960.</summary>
    public static FirmSizes Usual => new(15, 440, 560, 5_400);
}

/// <summary>Makes firms of one bureau with rising serials and plausible sizes.</summary>
internal sealed class FirmFactory(DemoRandom random, string authority, int firstSerial)
{
    private int serial = firstSerial;

    public FirmSizes Sizes { get; init; } = FirmSizes.Usual;

    /// <summary>Whether its firms owe no report of the last month.</summary>
    public bool Punctual { get; init; }

    /// <summary>A firm with 500 employed or more at the end if <paramref name="large"/>, else clearly below.</summary>
    public Firm Create(Place place, FirmProfile profile, Growth growth, bool large, string investor = "", int closedFrom = int.MaxValue)
    {
        var persons = large ? Skewed(Sizes.Large, Sizes.LargeSpan) : Skewed(Sizes.Smallest, Sizes.SmallSpan);
        // Yearly output per person in fen at the start: 300,000 CNY in domestic, more in foreign-funded firms.
        var perPerson = growth switch
        {
            Growth.Electronics => 72_000_000L,
            Growth.Foreign => 42_000_000L,
            Growth.Endogenous => 26_000_000L,
            Growth.Assembly => 48_000_000L,
            _ => 30_000_000L,
        };
        var index = serial++;
        return new Firm(index, $"uscc-{DemoCreditCode.Issue(authority, index)}", FirmNames.For(index, place, profile.Industry), profile)
        {
            Growth = growth,
            Investor = investor,
            ClosedFrom = closedFrom,
            Punctual = Punctual,
            Persons = persons,
            MonthlyOutput = Ppm.Of(perPerson * persons / 12, random.Between(600_000, 1_500_000)),
            ExportShare = ExportShare(growth),
        };
    }

    /// <summary>Code of a supplier that is in no register.</summary>
    public string UnregisteredCode() => $"uscc-{DemoCreditCode.Issue(authority, 900_000 + random.Next(40_000))}";

    private int ExportShare(Growth growth) => growth switch
    {
        Growth.Electronics or Growth.Assembly => random.Between(650_000, 960_000),
        Growth.Foreign => random.Next(10) < 8 ? random.Between(200_000, 800_000) : 0,
        Growth.Endogenous => random.Next(10) < 4 ? random.Between(50_000, 400_000) : 0,
        _ => random.Next(10) < 3 ? random.Between(40_000, 300_000) : 0,
    };

    private int Skewed(int low, int span)
    {
        var u = random.Next(1_000);
        return low + (int)((long)span * u * u / 1_000_000);
    }
}
