using ClusterPulse.Facts;
using ClusterPulse.Reference;
using ClusterPulse.V1;

namespace ClusterPulse.Gateway.Registry;

/// <summary>Regions as messages.</summary>
internal static class RegionMessages
{
    /// <summary>Regions directly in another: of today, or as they were in a month.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="parent">A code of today or a former one; null: the nations.</param>
    /// <param name="asOf">Null: today.</param>
    public static IEnumerable<V1.Region> Children(RegionTree tree, string? parent, Month? asOf)
    {
        var now = parent is null ? tree.Nations : tree.TryGet(parent, out var region) ? region.Children : [];
        if (asOf is not { } month)
            return now.Select(r => ToMessage(r, tree.History));
        var then = parent is null ? [] : tree.History.In(parent, month).Select(f => ToMessage(f, tree)).ToList();
        var named = then.Select(r => r.Name).ToHashSet(StringComparer.Ordinal);
        return now.Where(r => !(tree.History.Since(r) > month)).Select(r => ToMessage(r, tree.History)).Where(r => !named.Contains(r.Name)).Concat(then);
    }

    private static V1.Region ToMessage(Reference.Region region, RegionHistory history) => new()
    {
        Name = "regions/" + region.Code,
        Level = region.Level.Word(),
        Parent = region.Parent is { } parent ? "regions/" + parent.Code : "",
        DisplayName = new() { Zh = region.NameZh, En = region.NameEn },
        Path = region.PathZh,
        Locality = region.Locality ?? "",
        LevelName = LevelName(region),
        ValidFrom = history.Since(region)?.ToString() ?? "",
    };

    private static V1.Region ToMessage(FormerRegion former, RegionTree tree)
    {
        var successors = tree.History.Find(former.Code).Successors;
        var message = new V1.Region
        {
            Name = "regions/" + former.Code,
            Level = former.Level.Word(),
            Parent = "regions/" + former.Parent,
            DisplayName = new() { Zh = former.NameZh, En = former.NameEn },
            Path = tree.TryGet(former.Parent, out var parent) ? $"{parent.PathZh}·{former.NameZh}" : former.NameZh,
            LevelName = LevelName(successors[0]),
            ValidFrom = former.ValidFrom?.ToString() ?? "",
            ValidTo = former.ValidTo.ToString(),
        };
        message.Successors.AddRange(successors.Select(r => "regions/" + r.Code));
        return message;
    }

    private static BilingualName LevelName(Reference.Region region)
    {
        var (zh, en) = CountryPack.Of(region).LevelNames[region.Level];
        return new() { Zh = zh, En = en };
    }
}
