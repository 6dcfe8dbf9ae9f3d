using System.Collections.Immutable;
using System.Globalization;
using ClusterPulse.Facts;
using ClusterPulse.Gateway.Errors;
using ClusterPulse.Ingest;
using ClusterPulse.Reference;
using Google.Protobuf.Collections;
using ClusterDefinition = ClusterPulse.Clusters.ClusterDefinition;

namespace ClusterPulse.Gateway.Registry;

/// <summary>Definitions of clusters as messages, and what they must be.</summary>
internal static class ClusterDefinitionMessages
{
    private const string Prefix = "clusterDefinitions/";
    private const int ShortestId = 2;
    private const int LongestId = 60;
    private const int LongestName = 200;
    private const int MostCodes = 200;
    private const int MostRegions = 1_000;

    private static readonly string[] Fields = ["display_name", "industries", "regions"];

    /// <exception cref="Grpc.Core.RpcException">It is not an id.</exception>
    public static string Id(string field, string name)
    {
        var id = name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
        return id.Length is >= ShortestId and <= LongestId && char.IsAsciiLetterLower(id[0])
            && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
                ? id
                : throw RichErrors.Invalid(new Violation(field, name, name.Length == 0 ? Reasons.MissingField : Reasons.MalformedDefinition));
    }

    /// <summary>The version that an etag names; null where it is empty.</summary>
    /// <param name="etag">As sent: one that nobody gave out names a version that never is.</param>
    public static long? Version(string etag) =>
        etag.Length == 0 ? null : long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;

    /// <summary>A definition as it is to be.</summary>
    /// <param name="held">As it is; for a new one empty.</param>
    /// <param name="message">As sent.</param>
    /// <param name="mask">Fields to take over; null: all.</param>
    /// <param name="reference">Industries and regions.</param>
    /// <exception cref="Grpc.Core.RpcException">A field is not what it must be.</exception>
    public static ClusterDefinition FromMessage(
        ClusterDefinition held, V1.ClusterDefinition message, RepeatedField<string>? mask, ReferenceData reference)
    {
        var fields = Masked(mask);
        var wrong = new List<Violation>();
        var next = held;
        if (fields.Contains("display_name"))
        {
            if (message.DisplayName is not { } name || name.Zh.Length + name.En.Length == 0)
                wrong.Add(new("cluster_definition.display_name", "", Reasons.MissingField));
            else if (Math.Max(name.Zh.Length, name.En.Length) > LongestName)
                wrong.Add(new("cluster_definition.display_name", "", Reasons.TooLong));
            else
                next = next with { NameZh = name.Zh, NameEn = name.En };
        }
        if (fields.Contains("industries"))
            next = next with { Industries = Industries(message.Industries, reference, wrong) };
        if (fields.Contains("regions"))
            next = next with { Regions = Regions(message.Regions, reference, wrong) };
        return wrong.Count == 0 ? next : throw RichErrors.Invalid(wrong);
    }

    public static V1.ClusterDefinition ToMessage(ClusterDefinition definition) => new()
    {
        Name = Prefix + definition.Id,
        DisplayName = new() { Zh = definition.NameZh, En = definition.NameEn },
        Industries = { definition.Industries },
        Regions = { definition.Regions.Select(Aggregation.Places.Region) },
        Etag = definition.Version.ToString(CultureInfo.InvariantCulture),
    };

    private static ImmutableArray<string> Industries(RepeatedField<string> codes, ReferenceData reference, List<Violation> wrong)
    {
        const string Field = "cluster_definition.industries";
        if (codes.Count == 0)
            wrong.Add(new(Field, "", Reasons.MissingField));
        if (codes.Count > MostCodes)
            wrong.Add(new(Field, codes.Count.ToString(CultureInfo.InvariantCulture), Reasons.OutOfBounds));
        for (var i = 0; i < codes.Count; i++)
        {
            var code = codes[i];
            if (!reference.Industries.Classifies(code))
                wrong.Add(new($"{Field}[{i}]", code, Reasons.UnknownIndustry));
            else if (codes.Where((other, at) => at != i && code.StartsWith(other, StringComparison.Ordinal) && other.Length > 0 && (other != code || at < i)).Any())
                wrong.Add(new($"{Field}[{i}]", code, Reasons.OverlappingIndustry));
        }
        return [.. codes.Order(StringComparer.Ordinal)];
    }

    private static ImmutableArray<string> Regions(RepeatedField<string> names, ReferenceData reference, List<Violation> wrong)
    {
        const string Field = "cluster_definition.regions";
        if (names.Count > MostRegions)
            wrong.Add(new(Field, names.Count.ToString(CultureInfo.InvariantCulture), Reasons.OutOfBounds));
        var codes = new SortedSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < names.Count; i++)
        {
            var code = names[i].StartsWith("regions/", StringComparison.Ordinal) ? names[i]["regions/".Length..] : names[i];
            if (!reference.Regions.TryGet(code, out _))
                wrong.Add(new($"{Field}[{i}]", names[i], Reasons.UnknownRegion));
            else if (!codes.Add(code))
                wrong.Add(new($"{Field}[{i}]", names[i], Reasons.RepeatedLine));
        }
        return [.. codes];
    }

    private static IReadOnlyCollection<string> Masked(RepeatedField<string>? mask)
    {
        if (mask is null or [] || mask.Contains("*"))
            return Fields;
        var unknown = mask.FirstOrDefault(p => !Fields.Contains(p) && p is not ("name" or "etag"));
        return unknown is null ? mask : throw RichErrors.Invalid(new Violation("update_mask", unknown, Reasons.UnknownField));
    }
}
