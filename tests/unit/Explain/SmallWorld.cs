using System.Collections.Frozen;
using ClusterPulse.Aggregation;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Indicators;
using ClusterPulse.Regions;
using ClusterPulse.Registry;
using ClusterPulse.UnitTests.Reference;

namespace ClusterPulse.UnitTests.Explain;

/// <summary>Firms of three counties of Suzhou over four years, of which some move, change hands, change industry or close, some of Wuxi
/// and one of Dongguan; another moves from Dongguan to Suzhou. All report everything, or nearly everything where the seed is even, in several currencies.</summary>
internal sealed class SmallWorld
{
    public const string Place = "regions/3205";
    public static readonly Month First = new(2001, 1);
    public static readonly Month Last = new(2004, 12);

    /// <summary>Moves from Dongguan to Suzhou at <see cref="MovesAt"/>.</summary>
    public const string Mover = "org-mover";

    public static readonly Month MovesAt = First + 36;

    private const int Count = 14;
    private const int Neighbours = 4;
    private static readonly string[] Estates = ["east", "west"];
    private static readonly string[] Industries = ["1711", "3911", "3971", "4011"];
    private static readonly string[] Economies = ["HK", "TW", "US", "JP"];

    private readonly Dictionary<string, CellTable> _cells = new(StringComparer.Ordinal);
    private readonly string[] _towns;
    private readonly Random _random;
    private readonly bool _misses;
    private readonly string? _withoutInvestor;

    /// <param name="seed">Of all that is by chance.</param>
    /// <param name="reference">The region tree.</param>
    /// <param name="without">A firm that was never there.</param>
    /// <param name="withoutInvestor">An investor whose lines were never there.</param>
    public SmallWorld(int seed, LoadedReference reference, int without = -1, string? withoutInvestor = null)
    {
        (_random, _withoutInvestor) = (new(seed), withoutInvestor);
        _misses = seed % 2 == 0;
        _towns = [.. reference.Region("3205").Children.Take(3).Select(c => c.Children[0].Code)];
        Geography = new(reference.Data, id => _towns[Array.IndexOf(Estates, id)]);
        foreach (var estate in Estates)
            Add([new(Places.Region(Geography.EstateRegion(estate)!), new(Measure.Estates, "", First + _random.Next(40)), 1)]);
        for (var i = 0; i < Count; i++)
        {
            var firm = MakeFirm(i, _towns);
            if (i == without)
                Firms.Add(firm);
            else
                Settle(firm);
        }
        string[] wuxi = [.. reference.Region("3202").Children.Take(2).Select(c => c.Children[0].Code)];
        for (var i = Count; i < Count + Neighbours; i++)
            Settle(MakeFirm(i, wuxi));
        var dongguan = reference.Region("4419").Children[0].Children[0].Code;
        Settle(MakeFirm(Count + Neighbours, [dongguan]));
        Settle(MakeMover(dongguan));
        Children = [.. _towns.Select(t => Places.Region(t[..6]))];
        Rates = new(FrozenDictionary.ToFrozenDictionary(Months().SelectMany(m => new Dictionary<(string, string, Month), double>
        {
            [("USD", "CNY", m)] = 8.2765 - (0.01 * (m - First)),
            [("JPY", "CNY", m)] = 0.071 + (0.0003 * (m - First)),
        })));
    }

    public Geography Geography { get; }

    public List<EnterpriseState> Firms { get; } = [];

    public IReadOnlyList<string> Children { get; }

    public ExchangeRates Rates { get; }

    public static IReadOnlyList<string> EstatePlaces { get; } = [.. Estates.Select(Places.Estate)];

    /// <summary>All cells of a place.</summary>
    public CellTable Table(string place) => _cells.GetValueOrDefault(place) ?? new();

    /// <summary>Its cells of some measures, as the place itself gives them.</summary>
    public PlaceCells Cells(string place, IReadOnlyCollection<Measure> measures)
    {
        var sums = new CellSums();
        foreach (var (key, amount) in Table(place).NonZero().Where(c => measures.Contains(c.Key.Measure)))
            sums.Add(key, amount);
        return new(place, "中文" + place, place, sums);
    }

    private static IEnumerable<Month> Months()
    {
        for (var m = First; m <= Last; m += 1)
            yield return m;
    }

    private void Settle(EnterpriseState firm)
    {
        Firms.Add(firm);
        var deltas = new List<CellDelta>();
        new Contribution(firm, Geography, 1, deltas).All();
        Add(deltas);
    }

    private EnterpriseState MakeMover(string dongguan)
    {
        var draft = new EnterpriseDraft(EnterpriseState.Unknown(Mover), Geography);
        var profile = new Profile { ValidFrom = First, Region = dongguan, Industry = "3971", Ownership = Ownership.Hmt };
        draft.Register(profile);
        draft.Register(profile with { ValidFrom = MovesAt, Region = _towns[0] });
        return WithReports(draft);
    }

    private EnterpriseState MakeFirm(int number, string[] towns)
    {
        var hasEstates = ReferenceEquals(towns, _towns);
        var id = $"org-{number}";
        var draft = new EnterpriseDraft(EnterpriseState.Unknown(id), Geography);
        var profile = new Profile
        {
            ValidFrom = First,
            Region = towns[number % towns.Length],
            Estate = hasEstates && number % 2 == 0 ? Estates[number % 4 / 2] : null,
            Industry = Pick(Industries),
            Ownership = VocabularyWords.Ownerships[number % VocabularyWords.Ownerships.Count],
            HiTech = number % 4 == 0,
        };
        draft.Register(profile);
        // In the second half, so that the two months of an explanation differ.
        for (var change = 0; change < 2 && number > 3; change++)
        {
            profile = _random.Next(6) switch
            {
                0 => profile with { Region = Pick(towns) },
                1 => profile with { Region = Pick(towns), Estate = hasEstates ? Pick(Estates) : null },
                2 => profile with { Ownership = Pick(VocabularyWords.Ownerships.ToArray()) },
                3 => profile with { Industry = Pick(Industries), HiTech = !profile.HiTech },
                4 => profile with { Closed = true },
                _ => profile,
            };
            draft.Register(profile with { ValidFrom = First + 24 + (10 * change) + _random.Next(10) });
        }
        return WithReports(draft);
    }

    private EnterpriseState WithReports(EnterpriseDraft draft)
    {
        foreach (var month in Months())
        {
            if (draft.State.ProfileAt(month) is not { Closed: false } now)
                continue;
            foreach (var (feed, lines) in Reports(now, month))
            {
                if (!_misses || _random.Next(60) > 0)
                    draft.Write(Write(feed, month, [.. lines.Where(l => l.Fdi?.Investor is null || l.Fdi.Investor != _withoutInvestor)]));
            }
        }
        return draft.State;
    }

    private IEnumerable<(Feed Feed, ReportLine[] Lines)> Reports(Profile profile, Month month)
    {
        var currency = _random.Next(5) switch { 0 => "USD", 1 => "JPY", _ => "CNY" };
        yield return (Feed.Output, [new() { Currency = currency, Amount = 10_000 + _random.Next(90_000) + (500 * (month - First)) }]);
        yield return (Feed.Export, [new() { Currency = "USD", Amount = _random.Next(3_000) }]);
        yield return (Feed.Employment, [new() { Currency = "", Amount = _random.Next(300, 700) }]);
        if (!profile.Ownership.IsForeignFunded())
            yield break;
        yield return (Feed.Fdi, [Investment(), Investment()]);
        yield return (Feed.Linkage, [Purchase(), Purchase()]);
    }

    private ReportLine Investment()
    {
        var source = Pick(Economies);
        return new()
        {
            Currency = _random.Next(4) == 0 ? "CNY" : "USD",
            Amount = _random.Next(-100, 900),
            Fdi = new()
            {
                Source = source,
                UltimateSource = _random.Next(4) == 0 ? "VG" : source,
                Investor = _random.Next(8) is var i and > 0 ? $"investor-{i % 3}" : null,
            },
        };
    }

    private ReportLine Purchase() => new()
    {
        Currency = "CNY",
        Amount = _random.Next(4) == 0 ? 100 : 0,
        Supplier = new()
        {
            Kind = SupplierKind.Enterprise,
            Id = $"org-{100 + _random.Next(9)}",
            Judgement = new() { ProfileVersion = 1, Region = Pick(_towns), Locality = _random.Next(2) == 0 ? "3205" : "4403", Domestic = true },
        },
    };

    private static ReportWrite Write(Feed feed, Month period, ReportLine[] lines) => new(new(feed, period), new()
    {
        Revision = 1,
        Content = new() { Basis = Basis.Month, Lines = [.. lines] },
        Origin = new("3205", "s", 1),
        ContentHash = 1,
    });

    private void Add(List<CellDelta> deltas)
    {
        foreach (var delta in deltas)
        {
            foreach (var place in Geography.Path(delta.Place).Where(p => Geography.Adds(delta.Key.Measure, p)))
            {
                if (!_cells.TryGetValue(place, out var table))
                    _cells.Add(place, table = new());
                table.Add(delta.Key, delta.Amount);
            }
        }
    }

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];
}
