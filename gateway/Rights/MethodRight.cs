using ClusterPulse.Access;

namespace ClusterPulse.Gateway.Rights;

/// <summary>Rights of one method.</summary>
/// <param name="Method"><c>Service/Method</c>, with the package where it is not ours.</param>
/// <param name="Right">Who may call it at all.</param>
/// <param name="Scopes">What a request may name; all of them are asked.</param>
public sealed record MethodRight(string Method, EntryRight Right, IReadOnlyList<Scope> Scopes);

/// <summary>What a field of a request must be for the caller.</summary>
/// <param name="Kind">The rule.</param>
/// <param name="Field">Path of the field, empty where the rule is about the caller alone.</param>
/// <param name="Period">Path of the field that has the month, where the rule goes by one.</param>
public readonly record struct Scope(ScopeKind Kind, string Field = "", string Period = "")
{
    /// <summary>As <see cref="Bureau"/>, where the field is given at all.</summary>
    public static Scope BureauIfNamed(string field) => new(ScopeKind.BureauIfNamed, field);

    /// <summary>As <see cref="Place"/>, where the field is given at all.</summary>
    public static Scope PlaceIfNamed(string field) => new(ScopeKind.PlaceIfNamed, field);

    /// <summary>A report, <c>enterprises/{e}/reports/{feed}.{period}</c>: the enterprise lies in the caller's divisions in that period.</summary>
    public static Scope Report(string field) => new(ScopeKind.Report, field);

    /// <summary>A report, <c>enterprises/{e}/reports/{feed}.{period}</c>: the enterprise lies in the caller's divisions in that period, and
    /// the feed is one that the caller sends.</summary>
    public static Scope WrittenReport(string field) => new(ScopeKind.WrittenReport, field);

    /// <summary><c>bureaus/{bureau}</c>, or a name below it: the caller's own bureau.</summary>
    public static Scope Bureau(string field) => new(ScopeKind.Bureau, field);

    /// <summary>A region, an estate, or a name below one (one or several): in the caller's divisions.</summary>
    public static Scope Place(string field) => new(ScopeKind.Place, field);

    /// <summary>As <see cref="Place"/>, and the field may be left out by those alone whose divisions are all.</summary>
    public static Scope Within(string field) => new(ScopeKind.Within, field);

    /// <summary>A bureau of the caller's own or a place of the caller's.</summary>
    public static Scope BureauOrPlace(string field) => new(ScopeKind.BureauOrPlace, field);

    /// <summary>An enterprise, or a name below one: one that lies, or once lay, in the caller's divisions.</summary>
    public static Scope Enterprise(string field) => new(ScopeKind.Enterprise, field);

    /// <summary>An enterprise that is written: it lies in the caller's divisions in the month it is written for; one that is not
    /// registered is free.</summary>
    public static Scope WrittenEnterprise(string field, string period) => new(ScopeKind.WrittenEnterprise, field, period);

    /// <summary>What concerns all divisions: those alone whose divisions are all.</summary>
    public static Scope Everywhere => new(ScopeKind.Everywhere);

    /// <summary>Names or figures of single firms: bureaus, and others whose level is Enterprise.</summary>
    public static Scope Firms => new(ScopeKind.Firms);
}

/// <summary>See the makers of <see cref="Scope"/>.</summary>
public enum ScopeKind
{
    /// <summary>Own bureau.</summary>
    Bureau,

    /// <summary>Own bureau, or none named.</summary>
    BureauIfNamed,

    /// <summary>Place within.</summary>
    Place,

    /// <summary>Place within, or none named.</summary>
    PlaceIfNamed,

    /// <summary>Place within, or all.</summary>
    Within,

    /// <summary>Either.</summary>
    BureauOrPlace,

    /// <summary>Enterprise within.</summary>
    Enterprise,

    /// <summary>Enterprise within, to be changed.</summary>
    WrittenEnterprise,

    /// <summary>Report of an enterprise within.</summary>
    Report,

    /// <summary>Report of an enterprise within, to be changed.</summary>
    WrittenReport,

    /// <summary>All divisions.</summary>
    Everywhere,

    /// <summary>Single firms.</summary>
    Firms,
}
