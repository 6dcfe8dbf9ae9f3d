using System.Collections.Immutable;

namespace ClusterPulse.Facts;

/// <summary>What a report is about: at most one counts for each key of an enterprise.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.ReportKey")]
public readonly record struct ReportKey([property: Id(0)] Feed Feed, [property: Id(1)] Month Period);

/// <summary>The complete set of lines that an enterprise reports for one key.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.ReportContent")]
public sealed record ReportContent
{
    [Id(0)] public required Basis Basis { get; init; }

    /// <summary>"There was nothing", said explicitly.</summary>
    [Id(1)] public bool Nil { get; init; }

    [Id(2)] public ReportStatus Status { get; init; } = ReportStatus.Provisional;

    [Id(3)] public string? Note { get; init; }

    [Id(4)] public ImmutableArray<ReportLine> Lines { get; init; } = [];
}

/// <summary>One line: an amount in minor units of its currency, or persons where the currency is empty.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.ReportLine")]
public sealed record ReportLine
{
    /// <summary>Most minor units, either way. More than any month of any firm in any currency; sums of many such still fit a cell.</summary>
    public const long MostMinorUnits = 10_000_000_000_000_000;

    /// <summary>Most persons.</summary>
    public const long MostPersons = 100_000_000;

    /// <summary>ISO 4217; empty for persons.</summary>
    [Id(0)] public required string Currency { get; init; }

    /// <summary>Output, exports, utilised investment, purchases in minor units; or persons.</summary>
    [Id(1)] public required long Amount { get; init; }

    /// <summary>Only in fdi reports.</summary>
    [Id(2)] public FdiDetail? Fdi { get; init; }

    /// <summary>Only in linkage reports.</summary>
    [Id(3)] public SupplierDetail? Supplier { get; init; }
}

/// <summary>Where an investment comes from, and what was agreed.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.FdiDetail")]
public sealed record FdiDetail
{
    /// <summary>Immediate source, ISO 3166 alpha-2.</summary>
    [Id(0)] public required string Source { get; init; }

    /// <summary>Ultimate source; the immediate one where it is not known to differ.</summary>
    [Id(1)] public required string UltimateSource { get; init; }

    [Id(2)] public string? Investor { get; init; }

    [Id(3)] public string? ContractedCurrency { get; init; }

    /// <summary>Contracted investment in minor units.</summary>
    [Id(4)] public long Contracted { get; init; }

    [Id(5)] public int ProjectCount { get; init; }
}

/// <summary>Whom the buyer bought from, and what was judged about it when the purchase was committed.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.SupplierDetail")]
public sealed record SupplierDetail
{
    [Id(0)] public required SupplierKind Kind { get; init; }

    /// <summary>Enterprise id, unregistered code, region code or economy.</summary>
    [Id(1)] public required string Id { get; init; }

    /// <summary>Null until judged.</summary>
    [Id(2)] public SupplierJudgement? Judgement { get; init; }
}

/// <summary>What a supplier was in the month of the purchase.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.SupplierJudgement")]
public sealed record SupplierJudgement
{
    /// <summary>Version of the supplier's profiles that was read; 0: it was not registered.</summary>
    [Id(0)] public required long ProfileVersion { get; init; }

    /// <summary>Its region; null where it was not registered, or closed.</summary>
    [Id(1)] public string? Region { get; init; }

    /// <summary>Its locality.</summary>
    [Id(2)] public string? Locality { get; init; }

    /// <summary>Its ownership was domestic.</summary>
    [Id(3)] public bool Domestic { get; init; }
}

/// <summary>A report as it stands, and where it came from.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.StoredReport")]
public sealed record StoredReport
{
    [Id(0)] public required int Revision { get; init; }

    [Id(1)] public required ReportContent Content { get; init; }

    [Id(2)] public required ReportOrigin Origin { get; init; }

    /// <summary>Of what the bureau said, without judgements.</summary>
    [Id(3)] public required ulong ContentHash { get; init; }

    /// <summary>Taken back: it counts as never made.</summary>
    [Id(4)] public bool Withdrawn { get; init; }

    /// <summary>When it was committed it was far from what enterprises of the same division and size report.</summary>
    [Id(5)] public bool Outlier { get; init; }

    /// <summary>How near its sender is to the enterprise, see <see cref="Enterprises.DivisionRule"/>; 0: for all divisions, or unknown.</summary>
    [Id(6)] public int Standing { get; init; }

    /// <summary>The centre decided that this bureau's report counts: no other bureau revises it, however near it is.</summary>
    [Id(7)] public bool Chosen { get; init; }
}

/// <summary>Who sent a report: the row of a submission.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.ReportOrigin")]
public sealed record ReportOrigin([property: Id(0)] string Bureau, [property: Id(1)] string Submission, [property: Id(2)] long Row);
