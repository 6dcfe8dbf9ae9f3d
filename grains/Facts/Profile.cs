namespace ClusterPulse.Facts;

/// <summary>What and where an enterprise is from a month on, until its next profile.</summary>
[GenerateSerializer, Immutable, Alias("ClusterPulse.Profile")]
public sealed record Profile
{
    /// <summary>Month from which it counts.</summary>
    [Id(0)] public required Month ValidFrom { get; init; }

    /// <summary>Code of the lowest known region.</summary>
    [Id(1)] public required string Region { get; init; }

    /// <summary>Id of the industrial estate it is in.</summary>
    [Id(2)] public string? Estate { get; init; }

    /// <summary>GB/T 4754 code of two to four digits.</summary>
    [Id(3)] public required string Industry { get; init; }

    [Id(4)] public required Ownership Ownership { get; init; }

    /// <summary>ISO 3166 alpha-2 of the main investor.</summary>
    [Id(5)] public string? InvestorEconomy { get; init; }

    [Id(6)] public bool HiTech { get; init; }

    /// <summary>Closed from <see cref="ValidFrom"/> on.</summary>
    [Id(7)] public bool Closed { get; init; }

    [Id(8)] public string NameZh { get; init; } = "";

    [Id(9)] public string NameEn { get; init; } = "";

    /// <summary>The enterprise that controls it.</summary>
    [Id(10)] public string? Controlling { get; init; }

    [Id(11)] public EnterpriseSize Size { get; init; }

    /// <summary>Of one that closed by a merger: the enterprise that took it over.</summary>
    [Id(12)] public string? Successor { get; init; }

    /// <summary>Foreign-funded and not closed.</summary>
    public bool IsActiveForeignFunded => !Closed && Ownership.IsForeignFunded();
}
