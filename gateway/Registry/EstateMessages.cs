using ClusterPulse.Enterprises;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Ingest;
using ClusterPulse.V1;
using ClusterPulse.Validation;
using Google.Protobuf.Collections;
using Estate = ClusterPulse.Facts.Estate;
using EstateRank = ClusterPulse.Facts.EstateRank;

namespace ClusterPulse.Gateway.Registry;

/// <summary>Enterprises and estates as messages.</summary>
internal static class EstateMessages
{
    private const int LongestId = 60;
    private const int LongestName = 200;

    private static readonly string[] Fields = ["display_name", "rank", "valid_from", "closed_from"];

    /// <exception cref="Grpc.Core.RpcException">It is not an id.</exception>
    public static string Id(string field, string name)
    {
        var id = name.StartsWith("estates/", StringComparison.Ordinal) ? name["estates/".Length..] : name;
        return id.Length is > 0 and <= LongestId && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? id
            : throw RichErrors.Invalid(new Violation(field, name, Reasons.MalformedEstate));
    }

    /// <summary>An estate as it is to be.</summary>
    /// <param name="held">As it is; for a new one with its id alone.</param>
    /// <param name="estate">As sent.</param>
    /// <param name="mask">Fields to take over; null: all.</param>
    /// <exception cref="Grpc.Core.RpcException">A field is not what it must be.</exception>
    public static Estate FromMessage(Estate held, V1.Estate estate, RepeatedField<string>? mask)
    {
        var fields = Masks.Of(mask, Fields);
        var wrong = new List<Violation>();
        var next = held;
        if (fields.Contains("display_name"))
        {
            if (estate.DisplayName is { } name && Math.Max(name.Zh.Length, name.En.Length) > LongestName)
                wrong.Add(new("estate.display_name", "", Reasons.TooLong));
            next = next with { NameZh = estate.DisplayName?.Zh ?? "", NameEn = estate.DisplayName?.En ?? "" };
        }
        if (fields.Contains("rank"))
        {
            if (!Enum.IsDefined(estate.Rank))
                wrong.Add(new("estate.rank", estate.Rank.ToString(), Reasons.OutOfBounds));
            next = next with { Rank = (EstateRank)(int)estate.Rank };
        }
        if (fields.Contains("valid_from"))
            next = next with { ValidFrom = Months.Required("estate.valid_from", estate.ValidFrom, wrong) };
        if (fields.Contains("closed_from"))
            next = next with { ClosedFrom = estate.ClosedFrom.Length == 0 ? null : Months.Required("estate.closed_from", estate.ClosedFrom, wrong) };
        if (wrong.Count == 0 && next.ClosedFrom <= next.ValidFrom)
            wrong.Add(new("estate.closed_from", next.ClosedFrom.ToString()!, Reasons.OutOfBounds));
        return wrong.Count == 0 ? next : throw RichErrors.Invalid(wrong);
    }

    public static V1.Estate ToMessage(Estate estate) => new()
    {
        Name = "estates/" + estate.Id,
        Region = estate.Region,
        DisplayName = new() { Zh = estate.NameZh, En = estate.NameEn },
        ValidFrom = estate.ValidFrom.ToString(),
        Rank = (V1.EstateRank)(int)estate.Rank,
        ClosedFrom = estate.ClosedFrom?.ToString() ?? "",
        Etag = Etags.Of(estate.Version),
    };

    public static Enterprise ToMessage(EnterpriseView view) => ToMessage(view.Id, view.Profile, view.ProfileVersion);

    public static Enterprise ToMessage(string id, Profile profile, long version) => new()
    {
        Name = "enterprises/" + id,
        ValidFrom = profile.ValidFrom.ToString(),
        Region = profile.Region,
        Estate = profile.Estate ?? "",
        Industry = profile.Industry,
        Ownership = Vocabulary.Ownership(profile.Ownership),
        InvestorEconomy = profile.InvestorEconomy ?? "",
        HiTech = profile.HiTech,
        Closed = profile.Closed,
        DisplayName = new() { Zh = profile.NameZh, En = profile.NameEn },
        Etag = Etags.Of(version),
        ControllingEnterprise = Name(profile.Controlling),
        Size = Vocabulary.Size(profile.Size),
        Successor = Name(profile.Successor),
    };

    private static string Name(string? enterprise) => enterprise is null ? "" : "enterprises/" + enterprise;
}
