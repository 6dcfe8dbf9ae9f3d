using ClusterPulse.Facts;

namespace ClusterPulse.Validation;

/// <summary>The API's enumerations as the domain's.</summary>
public static class Vocabulary
{
    public static Feed? Feed(V1.Feed feed) => feed switch
    {
        V1.Feed.Output => Facts.Feed.Output,
        V1.Feed.Export => Facts.Feed.Export,
        V1.Feed.Employment => Facts.Feed.Employment,
        V1.Feed.Fdi => Facts.Feed.Fdi,
        V1.Feed.Linkage => Facts.Feed.Linkage,
        _ => null,
    };

    public static ReportStatus Status(V1.ReportStatus status) => status switch
    {
        V1.ReportStatus.Estimated => ReportStatus.Estimated,
        V1.ReportStatus.Final => ReportStatus.Final,
        _ => ReportStatus.Provisional,
    };

    public static Ownership? Ownership(V1.Ownership ownership) => ownership switch
    {
        V1.Ownership.State => Facts.Ownership.State,
        V1.Ownership.Collective => Facts.Ownership.Collective,
        V1.Ownership.Private => Facts.Ownership.Private,
        V1.Ownership.OtherDomestic => Facts.Ownership.OtherDomestic,
        V1.Ownership.Hmt => Facts.Ownership.Hmt,
        V1.Ownership.Foreign => Facts.Ownership.Foreign,
        _ => null,
    };

    public static V1.Ownership Ownership(Ownership ownership) => ownership switch
    {
        Facts.Ownership.State => V1.Ownership.State,
        Facts.Ownership.Collective => V1.Ownership.Collective,
        Facts.Ownership.Private => V1.Ownership.Private,
        Facts.Ownership.OtherDomestic => V1.Ownership.OtherDomestic,
        Facts.Ownership.Hmt => V1.Ownership.Hmt,
        _ => V1.Ownership.Foreign,
    };

    public static V1.Feed Feed(Feed feed) => feed switch
    {
        Facts.Feed.Output => V1.Feed.Output,
        Facts.Feed.Export => V1.Feed.Export,
        Facts.Feed.Employment => V1.Feed.Employment,
        Facts.Feed.Fdi => V1.Feed.Fdi,
        _ => V1.Feed.Linkage,
    };

    /// <summary>Null where the number is of no size.</summary>
    public static EnterpriseSize? Size(V1.EnterpriseSize size) => Enum.IsDefined(size) ? (EnterpriseSize)(int)size : null;

    public static V1.EnterpriseSize Size(EnterpriseSize size) => (V1.EnterpriseSize)(int)size;
}
