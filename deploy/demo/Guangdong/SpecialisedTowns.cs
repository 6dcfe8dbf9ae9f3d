using System.Collections.Immutable;
using ClusterPulse.Demo.Firms;

namespace ClusterPulse.Demo.Guangdong;

/// <summary>A town of Guangdong and the industry it lives from.</summary>
internal sealed record SpecialisedTown(string Code, Place Place, string Trade)
{
    public string Prefecture => Code[..4];
}

/// <summary>The 46 specialised towns, kept as towns. Which ones the source counted is not known; these are known for what they make.</summary>
internal static class SpecialisedTowns
{
    public static ImmutableArray<SpecialisedTown> All { get; } =
    [
        .. Towns(new("东莞", "Dongguan"),
            ("441900113", "1829"), ("441900121", "1819"), ("441900122", "2110"), ("441900118", "2110"), ("441900119", "3525"),
            ("441900102", "3981"), ("441900101", "3982"), ("441900115", "3912")),
        .. Towns(new("佛山", "Foshan"),
            ("440605122", "1751"), ("440605125", "3252"), ("440605123", "3311"), ("440605126", "1829"), ("440604100", "3071"),
            ("440604011", "1761"), ("440604010", "3071"), ("440606102", "3854"), ("440606103", "2110"), ("440606104", "2110"),
            ("440606106", "1819"), ("440606101", "3529"), ("440606006", "3851"), ("440606003", "3524")),
        .. Towns(new("中山", "Zhongshan"),
            ("442000105", "3872"), ("442000118", "3351"), ("442000106", "1821"), ("442000116", "2110"), ("442000111", "3852"),
            ("442000101", "1353"), ("442000103", "3854")),
        .. Towns(new("广州", "Guangzhou"), ("440114109", "1922"), ("440118101", "1811")),
        .. Towns(new("惠州", "Huizhou"), ("441323109", "1952"), ("441323110", "1952")),
        .. Towns(new("江门", "Jiangmen"), ("440783117", "3352"), ("440705102", "3381")),
        .. Towns(new("汕头", "Shantou"),
            ("440513106", "1829"), ("440514105", "1829"), ("440514106", "1761"), ("440514001", "1819"), ("440515001", "2452")),
        .. Towns(new("潮州", "Chaozhou"), ("445103108", "3382"), ("445103110", "1422"), ("445103103", "3072"), ("445103121", "3074")),
        .. Towns(new("揭阳", "Jieyang"), ("445281110", "1829"), ("445281109", "1761")),
    ];

    private static IEnumerable<SpecialisedTown> Towns(Place place, params (string Code, string Trade)[] towns) =>
        towns.Select(t => new SpecialisedTown(t.Code, place, t.Trade));
}
