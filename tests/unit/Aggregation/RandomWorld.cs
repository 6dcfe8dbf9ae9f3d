using System.Collections.Immutable;
using ClusterPulse.Aggregation;
using ClusterPulse.Enterprises;
using ClusterPulse.Facts;

namespace ClusterPulse.UnitTests.Aggregation;

/// <summary>A few enterprises to which everything happens that can happen: late, revised, withdrawn and nil reports of every
/// feed, year-to-date sums with gaps, moves, changes of ownership and industry, closures, and corrections of the past.</summary>
internal sealed class RandomWorld
{
    public const int Enterprises = 5;
    public const int Months = 20;
    public static readonly Month First = new(2003, 7);

    private static readonly string[] Industries = ["1711", "3911", "NACE139", "40"];
    private static readonly string[] Economies = ["HK", "TW", "US"];
    private static readonly string?[] Investors = [null, "Ltd. | Holding", "B"];

    private readonly IGeography _geography;
    private readonly string[] _regions;
    private readonly string[] _estates;
    private readonly Random _random;
    private readonly Dictionary<(string, Feed), bool> _saysToDate = [];

    public RandomWorld(int seed, IGeography geography, string[] regions, string[] estates)
    {
        (_geography, _regions, _estates) = (geography, regions, estates);
        _random = new(seed);
        for (var i = 0; i < Enterprises; i++)
        {
            var id = $"org-{i}";
            States.Add(id, EnterpriseState.Unknown(id));
        }
    }

    /// <summary>What is stored, if every change is.</summary>
    public Dictionary<string, EnterpriseState> States { get; } = [];

    /// <summary>Something happens: changes in the order in which they are stored.</summary>
    public IReadOnlyList<EnterpriseDraft> Step()
    {
        var drafts = new List<EnterpriseDraft>();
        var id = Pick(States.Keys.Order(StringComparer.Ordinal).ToArray());
        var draft = new EnterpriseDraft(States[id], _geography);
        if (States[id].Profiles.IsEmpty || Chance(8))
            Reprofile(draft);
        else
            Report(draft);
        Store(drafts, draft);
        if (draft.ChangedProfiles)
        {
            // As SupplierRejudger does.
            foreach (var buyer in States.Keys.Order(StringComparer.Ordinal).ToArray())
            {
                var rejudged = new EnterpriseDraft(States[buyer], _geography);
                foreach (var (key, report) in States[buyer].Reports.OrderBy(r => r.Key.Period).ThenBy(r => r.Key.Feed))
                {
                    var content = Judge(report.Content, key.Period, rejudged, id);
                    if (!content.Lines.AsSpan().SequenceEqual(report.Content.Lines.AsSpan()))
                        rejudged.Write(new(key, report with { Content = content }, Rejudged: true));
                }
                if (rejudged.IsChanged)
                    Store(drafts, rejudged);
            }
        }
        return drafts;
    }

    private void Store(List<EnterpriseDraft> drafts, EnterpriseDraft draft)
    {
        States[draft.State.Id] = draft.Committed();
        drafts.Add(draft);
    }

    private void Reprofile(EnterpriseDraft draft)
    {
        var profiles = draft.State.Profiles;
        if (profiles.IsEmpty)
        {
            draft.Register(NewProfile(First - 2 + (Chance(2) ? 0 : _random.Next(6))));
            return;
        }
        // Now, in the past, or in the place of one that was wrong.
        var from = Chance(3) ? Pick([.. profiles]).ValidFrom : First + _random.Next(Months);
        var held = draft.State.ProfileAt(from) ?? profiles[0];
        var changed = _random.Next(7) switch
        {
            0 => held with { Region = Pick(_regions) },
            1 => held with { Region = Pick(_regions), Estate = AnyEstate() },
            2 => held with { Estate = AnyEstate() },
            3 => held with { Ownership = AnyOwnership() },
            4 => held with { Industry = Pick(Industries), HiTech = Chance(2) },
            5 => held with { Closed = !held.Closed },
            _ => NewProfile(from),
        };
        draft.Register(changed with { ValidFrom = from });
    }

    private Profile NewProfile(Month from) => new()
    {
        ValidFrom = from,
        Region = Pick(_regions),
        Estate = AnyEstate(),
        Industry = Pick(Industries),
        Ownership = AnyOwnership(),
        HiTech = Chance(3),
        Closed = Chance(12),
    };

    private string? AnyEstate() => Chance(2) ? Pick(_estates) : null;

    private Ownership AnyOwnership() => Chance(2)
        ? Pick([Ownership.Hmt, Ownership.Foreign])
        : Pick([Ownership.State, Ownership.Collective, Ownership.Private, Ownership.OtherDomestic]);

    private void Report(EnterpriseDraft draft)
    {
        var feed = Chance(3) ? Feed.Linkage : Pick([.. VocabularyWords.Feeds]);
        var start = _random.Next(Months);
        var rows = 1 + _random.Next(4);
        for (var row = 0; row < rows; row++)
        {
            // Months in a row mostly, so that year-to-date sums find the one before; some are left out.
            var key = new ReportKey(feed, First + start + row + (Chance(6) ? 1 : 0));
            if (draft.State.ProfileAt(key.Period) is null)
                continue;
            var current = draft.State.Reports.GetValueOrDefault(key);
            if (current is { Withdrawn: false } && Chance(4))
            {
                draft.Write(new(key, current with { Withdrawn = true }) { Withdrawal = new("3205", "mistaken") });
                continue;
            }
            var content = Judge(NewContent(draft.State.Id, feed), key.Period, draft, null);
            draft.Write(new(key, new()
            {
                Revision = (current?.Revision ?? 0) + 1,
                Content = content,
                Origin = new("3205", "s", row),
                ContentHash = ContentHash.Of(content),
            }));
        }
    }

    private ReportContent NewContent(string enterprise, Feed feed)
    {
        var basis = Basis.Month;
        if (feed is Feed.Output or Feed.Export or Feed.Fdi)
        {
            if (!_saysToDate.TryGetValue((enterprise, feed), out var toDate))
                _saysToDate.Add((enterprise, feed), toDate = Chance(2));
            basis = toDate != Chance(6) ? Basis.YearToDate : Basis.Month;
        }
        var nil = Chance(8);
        return new()
        {
            Basis = basis,
            Nil = nil,
            Note = Chance(4) ? "we looked" : null,
            Lines = nil ? [] : [.. Enumerable.Range(0, feed is Feed.Fdi or Feed.Linkage ? 1 + _random.Next(3) : 1).Select(_ => NewLine(feed))],
        };
    }

    private ReportLine NewLine(Feed feed) => feed switch
    {
        Feed.Employment => new() { Currency = "", Amount = _random.Next(1_000) },
        Feed.Fdi => new()
        {
            Currency = Chance(5) ? "CNY" : "USD",
            Amount = _random.Next(-20, 1_000),
            Fdi = new() { Source = Pick(Economies), UltimateSource = Pick(Economies), Investor = Pick(Investors) },
        },
        Feed.Linkage => new() { Currency = Chance(5) ? "USD" : "CNY", Amount = Chance(6) ? _random.Next(-5, 1) : _random.Next(500), Supplier = NewSupplier() },
        _ => new() { Currency = Chance(5) ? "USD" : "CNY", Amount = _random.Next(1_000) },
    };

    private SupplierDetail NewSupplier() => _random.Next(10) switch
    {
        0 => new() { Kind = SupplierKind.UnregisteredCode, Id = "org-x" },
        1 => new() { Kind = SupplierKind.Region, Id = Pick(_regions) },
        2 => new() { Kind = SupplierKind.SourceEconomy, Id = Pick(Economies) },
        _ => new() { Kind = SupplierKind.Enterprise, Id = $"org-{_random.Next(Enterprises + 1)}" },
    };

    /// <summary>As the grain does, from what is stored about suppliers; of all of them, or of one.</summary>
    private ReportContent Judge(ReportContent content, Month period, EnterpriseDraft draft, string? only)
    {
        var lines = content.Lines.ToBuilder();
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].Supplier is not { Kind: SupplierKind.Enterprise } supplier || (only is not null && supplier.Id != only))
                continue;
            var state = States.GetValueOrDefault(supplier.Id);
            var version = state?.ProfileVersion ?? 0;
            var profile = state?.ProfileAt(period);
            draft.Judged(supplier.Id, version);
            lines[i] = lines[i] with
            {
                Supplier = supplier with
                {
                    Judgement = profile is null or { Closed: true } ? new() { ProfileVersion = version } : new()
                    {
                        ProfileVersion = version,
                        Region = profile.Region,
                        Locality = _geography.Locality(profile.Region),
                        Domestic = !profile.Ownership.IsForeignFunded(),
                    },
                },
            };
        }
        return content with { Lines = lines.ToImmutable() };
    }

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;

    private T Pick<T>(T[] from) => from[_random.Next(from.Length)];
}
