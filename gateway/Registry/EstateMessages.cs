using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Gateway.Reporting;
using ClusterPulse.Ingest;
using ClusterPulse.Reference;
using ClusterPulse.V1;
using Estate = ClusterPulse.Facts.Estate;
using EstateRank = ClusterPulse.Facts.EstateRank;

namespace ClusterPulse.Gateway.Registry;

/// <summary>Enterprises, estates and regions as messages.</summary>
internal static class EstateMessages
{
    private const int LongestId = 60;
    private const int LongestName = 200;

    /// <exception cref="Grpc.Core.RpcException">It is not an id.</exception>
    public static string Id(string field, string name)
    {
        var id = name.StartsWith("estates/", StringComparison.Ordinal) ? name["estates/".Length..] : name;
        return id.Length is > 0 and <= LongestId && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? id
            : throw RichErrors.Invalid(new Violation(field, name, Reasons.MalformedEstate));
    }

    /// <exception cref="Grpc.Core.RpcException">A field is not what it must be.</exception>
    public static Estate FromMessage(string id, V1.Estate estate)
    {
        var wrong = new List<Violation>();
        if (!Month.TryParse(estate.ValidFrom, out var from))
            wrong.Add(new("estate.valid_from", estate.ValidFrom, estate.ValidFrom.Length == 0 ? Reasons.MissingField : Reasons.MalformedPeriod));
        else if (from < Month.Earliest)
            wrong.Add(new("estate.valid_from", estate.ValidFrom, Reasons.PeriodTooEarly));
        if (estate.DisplayName is { } name && Math.Max(name.Zh.Length, name.En.Length) > LongestName)
            wrong.Add(new("estate.display_name", "", Reasons.TooLong));
        if (!Enum.IsDefined(estate.Rank))
            wrong.Add(new("estate.rank", estate.Rank.ToString(), Reasons.OutOfBounds));
        if (wrong.Count > 0)
            throw RichErrors.Invalid(wrong);
        return new()
        {
            Id = id,
            Region = estate.Region.StartsWith("regions/", StringComparison.Ordinal) ? estate.Region["regions/".Length..] : estate.Region,
            NameZh = estate.DisplayName?.Zh ?? "",
            NameEn = estate.DisplayName?.En ?? "",
            ValidFrom = from,
            Rank = (EstateRank)(int)estate.Rank,
        };
    }

    public static V1.Estate ToMessage(Estate estate) => new()
    {
        Name = "estates/" + estate.Id,
        Region = estate.Region,
        DisplayName = new() { Zh = estate.NameZh, En = estate.NameEn },
        ValidFrom = estate.ValidFrom.ToString(),
        Rank = (V1.EstateRank)(int)estate.Rank,
    };

    public static Enterprise ToMessage(EnterpriseView view) => new()
    {
        Name = "enterprises/" + view.Id,
        ValidFrom = view.Profile.ValidFrom.ToString(),
        Region = view.Profile.Region,
        Estate = view.Profile.Estate ?? "",
        Industry = view.Profile.Industry,
        Ownership = Vocabulary.Ownership(view.Profile.Ownership),
        InvestorEconomy = view.Profile.InvestorEconomy ?? "",
        HiTech = view.Profile.HiTech,
        Closed = view.Profile.Closed,
        DisplayName = new() { Zh = view.Profile.NameZh, En = view.Profile.NameEn },
        Etag = Etag(view),
        ControllingEnterprise = view.Profile.Controlling is { } controlling ? "enterprises/" + controlling : "",
    };

    public static string Etag(EnterpriseView view) => view.ProfileVersion.ToString(null, null);

    public static V1.Region ToMessage(Reference.Region region) => new()
    {
        Name = "regions/" + region.Code,
        Level = region.Level.Word(),
        Parent = region.Parent is { } parent ? "regions/" + parent.Code : "",
        DisplayName = new() { Zh = region.NameZh, En = region.NameEn },
        Path = region.PathZh,
        Locality = region.Locality ?? "",
        LevelName = LevelName(region),
    };

    private static BilingualName LevelName(Reference.Region region)
    {
        var (zh, en) = CountryPack.Of(region).LevelNames[region.Level];
        return new() { Zh = zh, En = en };
    }
}
