using ClusterPulse.Demo.Arithmetic;
using ClusterPulse.V1;

namespace ClusterPulse.Demo.Firms;

/// <summary>What a firm is from a month on.</summary>
internal sealed record FirmProfile(int From, string Region, string Estate, string Industry, Ownership Ownership, bool HiTech)
{
    public bool Electronics => Industry.StartsWith("39", StringComparison.Ordinal);
}

/// <summary>One enterprise of the demo: who it is and the constants its monthly figures follow from.</summary>
internal sealed class Firm(int index, string id, BilingualName name, FirmProfile profile)
{
    private readonly List<FirmProfile> profiles = [profile];

    /// <summary>Unique in the world; also the serial in its id.</summary>
    public int Index { get; } = index;

    public string ResourceName { get; } = $"enterprises/{id}";
    public BilingualName Name { get; } = name;
    public IReadOnlyList<FirmProfile> Profiles => profiles;

    /// <summary>The newest profile.</summary>
    public FirmProfile Now => profiles[^1];

    /// <summary>First month with reports.</summary>
    public int Born => profiles[0].From;

    /// <summary>First month without, if it closes.</summary>
    public int ClosedFrom { get; init; } = int.MaxValue;

    /// <summary>Owes no report of the last month.</summary>
    public bool Punctual { get; init; }

    /// <summary>Immediate investor's economy; empty for domestic ones, which never change that here.</summary>
    public string Investor { get; init; } = "";

    public bool ForeignFunded => Investor.Length > 0;

    /// <summary>Persons employed in the last month.</summary>
    public required int Persons { get; init; }

    /// <summary>Of everything it reports but investment, which is in US dollars.</summary>
    public string Currency { get; init; } = "CNY";

    /// <summary>Output in fen, or cents, of an average month at the start.</summary>
    public required long MonthlyOutput { get; init; }

    /// <summary>Exports by output; 0: says nil.</summary>
    public required int ExportShare { get; init; }

    public required Growth Growth { get; set; }
    public FdiHabit? Fdi { get; set; }
    public LinkageHabit? Linkage { get; set; }

    /// <summary>Lives through the whole span with one profile: free to be given an event.</summary>
    public bool Plain => profiles.Count == 1 && Born == 0 && ClosedFrom == int.MaxValue;

    public bool Active(int month) => Born <= month && month < ClosedFrom;

    /// <summary>Gives the newest profile another content, from its own month on.</summary>
    public void Restate(FirmProfile now) => profiles[^1] = now;

    /// <summary>Until <paramref name="month"/> the firm was something else.</summary>
    public void WasBefore(int month, FirmProfile earlier)
    {
        profiles.Insert(0, earlier with { From = 0 });
        profiles[1] = profiles[1] with { From = month };
    }
}

/// <summary>When and from where a firm's investment arrives.</summary>
internal sealed record FdiHabit(string Source, string Ultimate, string Investor, string SecondSource)
{
    /// <summary>Months of the year with an instalment.</summary>
    public required IReadOnlySet<int> Months { get; init; }

    /// <summary>US cents in each instalment of 2003.</summary>
    public required long Instalment { get; init; }

    /// <summary>An instalment of 2004 by the same month's of 2003.</summary>
    public required long NextYear { get; init; }

    /// <summary>Month in which money is withdrawn instead; -1: never.</summary>
    public int Withdrawal { get; init; } = -1;
}

/// <summary>From whom a firm buys.</summary>
internal sealed record LinkageHabit
{
    /// <summary>Purchases by output.</summary>
    public required int PurchaseShare { get; init; }

    /// <summary>Domestic suppliers of the same prefecture.</summary>
    public IReadOnlyList<Firm> Local { get; init; } = [];

    /// <summary>Local purchases by all purchases, in months with any.</summary>
    public int LocalShare { get; init; }

    /// <summary>The last month with a local purchase.</summary>
    public int LastLocal { get; init; } = -1;

    /// <summary>Registered suppliers that are not local: foreign-funded neighbours, firms of another prefecture.</summary>
    public IReadOnlyList<Firm> Others { get; init; } = [];

    public required IReadOnlyList<string> Imports { get; init; }

    /// <summary>Another prefecture's suppliers taken together; empty: none.</summary>
    public string Region { get; init; } = "";

    /// <summary>A supplier that no register knows; empty: none.</summary>
    public string Unregistered { get; init; } = "";
}
