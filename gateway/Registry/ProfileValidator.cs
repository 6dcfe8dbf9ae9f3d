using System.Collections.Immutable;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using ClusterPulse.Reference;
using ClusterPulse.Validation;

namespace ClusterPulse.Gateway.Registry;

/// <summary>Checks an enterprise's profile and turns it into a row.</summary>
public sealed class ProfileValidator(ReferenceData reference)
{
    private const int LongestName = 200;

    /// <summary>The row; null where it is rejected.</summary>
    /// <param name="enterprise">As sent.</param>
    /// <param name="row">Its number.</param>
    /// <param name="fields">Only these are checked and taken over; empty: all.</param>
    /// <param name="known">Registered estates by id.</param>
    /// <param name="violations">What is wrong.</param>
    public ProfileRow? Validate(
        V1.Enterprise enterprise, long row, ImmutableArray<string> fields, IReadOnlyDictionary<string, Estate> known, out ImmutableArray<Violation> violations)
    {
        var wrong = ImmutableArray.CreateBuilder<Violation>();
        ImmutableArray<Violation> warnings = [];
        var (id, reason) = enterprise.Name.Length == 0 ? (null, Reasons.MissingField) : EnterpriseName.Parse(enterprise.Name);
        if (id is null)
            wrong.Add(new("name", enterprise.Name, reason!));
        else if (reason is not null)
            warnings = [new("name", enterprise.Name, reason)];
        if (!Month.TryParse(enterprise.ValidFrom, out var from))
            wrong.Add(new("valid_from", enterprise.ValidFrom, enterprise.ValidFrom.Length == 0 ? Reasons.MissingField : Reasons.MalformedPeriod));
        else if (from < Month.Earliest)
            wrong.Add(new("valid_from", enterprise.ValidFrom, Reasons.PeriodTooEarly));
        var match = reference.Regions.History.Find(Code(enterprise.Region, "regions/"));
        var found = match.Region;
        if (Counts("region") && match.IsDivided)
            wrong.Add(new("region", enterprise.Region, Reasons.DividedRegion, string.Join(' ', match.Successors.Select(r => r.Code))));
        // A region without a locality, a province for example, says too little: nothing could be local there.
        else if (Counts("region") && found?.Locality is null)
            wrong.Add(new("region", enterprise.Region, Reasons.UnknownRegion));
        else if (Counts("region") && match.Former is { } former)
            warnings = warnings.Add(new("region", enterprise.Region, Reasons.MergedRegion, $"{former.NameZh} → {found!.Code} {found.NameZh}"));
        var estate = Code(enterprise.Estate, "estates/");
        if (Counts("estate") && estate.Length > 0 && !known.ContainsKey(estate))
            wrong.Add(new("estate", enterprise.Estate, Reasons.UnknownEstate));
        else if (Counts("estate") && estate.Length > 0 && known[estate].ClosedFrom <= from)
            wrong.Add(new("estate", enterprise.Estate, Reasons.EstateClosed, known[estate].ClosedFrom.ToString()!));
        if (Counts("industry") && !(reference.Industries.TryGet(enterprise.Industry, out var industry) && industry.Level != "section"))
            wrong.Add(new("industry", enterprise.Industry, Reasons.UnknownIndustry));
        var ownership = Vocabulary.Ownership(enterprise.Ownership);
        if (Counts("ownership") && ownership is null)
            wrong.Add(new("ownership", enterprise.Ownership.ToString(), Reasons.UnknownOwnership));
        if (enterprise.InvestorEconomy.Length > 0 && !reference.Economies.TryGet(enterprise.InvestorEconomy, out _))
            wrong.Add(new("investor_economy", enterprise.InvestorEconomy, Reasons.UnknownEconomy));
        if (enterprise.DisplayName is { } name && Math.Max(name.Zh.Length, name.En.Length) > LongestName)
            wrong.Add(new("display_name", "", Reasons.TooLong));
        var controlling = enterprise.ControllingEnterprise.Length == 0 ? default : EnterpriseName.Parse(enterprise.ControllingEnterprise);
        if (enterprise.ControllingEnterprise.Length > 0 && controlling.Id is null)
            wrong.Add(new("controlling_enterprise", enterprise.ControllingEnterprise, controlling.Reason!));
        if (Vocabulary.Size(enterprise.Size) is not { } size)
        {
            wrong.Add(new("size", enterprise.Size.ToString(), Reasons.UnknownSize));
            size = default;
        }
        var successor = enterprise.Successor.Length == 0 ? default : EnterpriseName.Parse(enterprise.Successor);
        if (enterprise.Successor.Length > 0 && Counts("successor") && successor.Id is null)
            wrong.Add(new("successor", enterprise.Successor, successor.Reason!));
        else if (enterprise.Successor.Length > 0 && Counts("successor") && (!Counts("closed") || !enterprise.Closed || successor.Id == id))
            wrong.Add(new("successor", enterprise.Successor, Reasons.UnknownSuccessor));
        if (found is not null && wrong.Count == 0)
            AddForeign(CountryPack.Of(found));
        violations = wrong.ToImmutable();
        return wrong.Count > 0 ? null : new()
        {
            Row = row,
            Enterprise = id!,
            Warnings = warnings,
            Profile = new()
            {
                ValidFrom = from,
                Region = found?.Code ?? "",
                Estate = estate.Length == 0 ? null : estate,
                Industry = enterprise.Industry,
                Ownership = ownership ?? Ownership.OtherDomestic,
                InvestorEconomy = enterprise.InvestorEconomy.Length == 0 ? null : enterprise.InvestorEconomy,
                HiTech = enterprise.HiTech,
                Closed = enterprise.Closed,
                NameZh = enterprise.DisplayName?.Zh ?? "",
                NameEn = enterprise.DisplayName?.En ?? "",
                Controlling = controlling.Id,
                Size = size,
                Successor = Counts("successor") ? successor.Id : null,
            },
        };

        void AddForeign(CountryPack country)
        {
            if (!country.Knows(EnterpriseName.Scheme(id!)))
                wrong.Add(new("name", enterprise.Name, Reasons.NotOfCountry));
            if (Counts("industry") && IndustryScheme.Of(enterprise.Industry) != country.Industries)
                wrong.Add(new("industry", enterprise.Industry, Reasons.NotOfCountry));
            if (Counts("ownership") && ownership == Ownership.Hmt && !country.HasHmt)
                wrong.Add(new("ownership", enterprise.Ownership.ToString(), Reasons.NotOfCountry));
        }

        bool Counts(string field) => fields.IsEmpty || fields.Contains(field);
    }

    private static string Code(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;
}
