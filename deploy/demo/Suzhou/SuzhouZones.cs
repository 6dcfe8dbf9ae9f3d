using System.Collections.Immutable;
using ClusterPulse.Demo.Firms;
using ClusterPulse.V1;

namespace ClusterPulse.Demo.Suzhou;

/// <summary>
/// The fourteen zones of national and provincial rank. Names and places are real; the numbers of firms are invented and add
/// up to 2,100, of them 680 in electronics and 175 linked.
/// </summary>
internal static class SuzhouZones
{
    private const EstateRank Nation = EstateRank.Nation;
    private const EstateRank Province = EstateRank.Province;

    public static ImmutableArray<Zone> All { get; } =
    [
        new("kunshan-etdz", "昆山经济技术开发区", "Kunshan Economic and Technological Development Zone", Nation, "320583", Kunshan)
        {
            Towns = ["320583400", "320583100"], Firms = 420, Electronics = 150, Linked = 50, Sources = SourceMix.Taiwanese,
        },
        new("sip", "苏州工业园区", "Suzhou Industrial Park", Nation, "320576", Suzhou)
        {
            Towns = ["320576050", "320576051", "320576052", "320576053"],
            Firms = 400, Electronics = 150, Linked = 48, Sources = SourceMix.Park,
        },
        new("snd", "苏州高新技术产业开发区", "Suzhou New District", Nation, "320505", Suzhou)
        {
            Towns = ["320505002", "320505003", "320505101"],
            Firms = 310, Electronics = 110, Linked = 37, Sources = SourceMix.Japanese,
        },
        new("wujiang-edz", "吴江经济开发区", "Wujiang Economic Development Zone", Province, "320509", Wujiang)
        {
            Towns = ["320509400", "320509001", "320509111"],
            Firms = 260, Electronics = 125, Linked = 30, Sources = SourceMix.Taiwanese,
        },
        new("taicang-port", "太仓港经济开发区", "Taicang Port Economic Development Zone", Province, "320585", Taicang)
        {
            Towns = ["320585103", "320585400"], Firms = 110, Electronics = 10, Linked = 10, Sources = SourceMix.European,
        },
        new("kunshan-epz", "昆山出口加工区", "Kunshan Export Processing Zone", Nation, "320583", Kunshan)
        {
            Towns = ["320583400"], Firms = 60, Electronics = 45, Sources = SourceMix.Taiwanese,
        },
        new("sip-epz", "苏州工业园区出口加工区", "Suzhou Industrial Park Export Processing Zone", Nation, "320576", Suzhou)
        {
            Towns = ["320576053"], Firms = 40, Electronics = 30, Sources = SourceMix.Park,
        },
        new("zhangjiagang-ftz", "张家港保税区", "Zhangjiagang Free Trade Zone", Nation, "320582", Zhangjiagang)
        {
            Towns = ["320582403", "320582001"], Firms = 90, Electronics = 10, Sources = SourceMix.Coastal,
        },
        new("zhangjiagang-edz", "张家港经济开发区", "Zhangjiagang Economic Development Zone", Province, "320582", Zhangjiagang)
        {
            Towns = ["320582401", "320582100"], Firms = 80, Electronics = 10, Sources = SourceMix.Coastal,
        },
        new("changshu-edz", "常熟经济开发区", "Changshu Economic Development Zone", Province, "320581", Changshu)
        {
            Towns = ["320581401", "320581005"], Firms = 90, Electronics = 10, Sources = SourceMix.Coastal,
        },
        new("changshu-southeast", "常熟东南经济开发区", "Changshu Southeast Economic Development Zone", Province, "320581", Changshu)
        {
            Towns = ["320581006", "320581402"], Firms = 70, Electronics = 10, Sources = SourceMix.Japanese,
        },
        new("wuzhong-edz", "吴中经济开发区", "Wuzhong Economic Development Zone", Province, "320506", Suzhou)
        {
            Towns = ["320506404", "320506009", "320506004"], Firms = 80, Electronics = 10, Sources = SourceMix.Park,
        },
        new("xiangcheng-edz", "相城经济开发区", "Xiangcheng Economic Development Zone", Province, "320507", Suzhou)
        {
            Towns = ["320507007", "320507006"], Firms = 50, Electronics = 5, Sources = SourceMix.Coastal,
        },
        new("hushuguan-edz", "浒墅关经济开发区", "Hushuguan Economic Development Zone", Province, "320505", Suzhou)
        {
            Towns = ["320505400"], Firms = 40, Electronics = 5, Sources = SourceMix.Japanese,
        },
    ];

    private static Place Suzhou => new("苏州", "Suzhou");
    private static Place Kunshan => new("昆山", "Kunshan");
    private static Place Wujiang => new("吴江", "Wujiang");
    private static Place Taicang => new("太仓", "Taicang");
    private static Place Changshu => new("常熟", "Changshu");
    private static Place Zhangjiagang => new("张家港", "Zhangjiagang");
}
