using System.Collections.Immutable;
using ClusterPulse.V1;

namespace ClusterPulse.Demo.Firms;

/// <summary>Invented names, each marked as such: no real enterprise is meant.</summary>
internal static class FirmNames
{
    private static ImmutableArray<(string Zh, string En)> Syllables { get; } =
    [
        ("晨", "chen"), ("澜", "lan"), ("岳", "yue"), ("霖", "lin"), ("拓", "tuo"), ("禾", "he"), ("曜", "yao"), ("泓", "hong"),
        ("砚", "yan"), ("棠", "tang"), ("衡", "heng"), ("曦", "xi"), ("钧", "jun"), ("珞", "luo"), ("湛", "zhan"), ("翎", "ling"),
        ("朔", "shuo"), ("瀚", "han"), ("苒", "ran"), ("峥", "zheng"), ("骐", "qi"), ("璟", "jing"), ("铎", "duo"), ("桓", "huan"),
        ("汐", "xi"), ("葳", "wei"), ("琮", "cong"), ("榆", "yu"), ("岚", "lan"), ("彻", "che"), ("胤", "yin"), ("笙", "sheng"),
        ("茗", "ming"), ("烨", "ye"), ("颢", "hao"), ("淞", "song"), ("郴", "chen"), ("稷", "ji"), ("绮", "qi"), ("焕", "huan"),
        ("柏", "bai"), ("漪", "yi"), ("崧", "song"), ("奕", "yi"), ("沅", "yuan"), ("垣", "yuan"), ("筠", "yun"), ("邺", "ye"),
        ("昶", "chang"), ("璨", "can"), ("邈", "miao"), ("槿", "jin"), ("舒", "shu"), ("嵘", "rong"), ("逸", "yi"), ("溯", "su"),
        ("旻", "min"), ("杞", "qi"), ("霁", "ji"), ("珩", "heng"),
    ];

    /// <summary>The same serial has the same name, another serial another one.</summary>
    public static BilingualName For(int serial, Place place, string industry)
    {
        // 1327 has no divisor in common with 60 x 60: every pair comes once.
        var pair = serial * 1327 % (Syllables.Length * Syllables.Length);
        var (first, second) = (Syllables[pair / Syllables.Length], Syllables[pair % Syllables.Length]);
        var (tradeZh, tradeEn) = Trade(industry);
        return new BilingualName
        {
            Zh = $"{place.Zh}{first.Zh}{second.Zh}{tradeZh}有限公司（演示）",
            En = $"{place.En} {char.ToUpperInvariant(first.En[0])}{first.En[1..]}{second.En} {tradeEn} Co., Ltd. (demo)",
        };
    }

    private static (string Zh, string En) Trade(string industry) => industry[..2] switch
    {
        "17" => ("纺织", "Textile"),
        "18" => ("服饰", "Garments"),
        "19" => industry.StartsWith("195", StringComparison.Ordinal) ? ("鞋业", "Shoes") : ("皮革", "Leather"),
        "22" => ("纸品", "Paper"),
        "23" => ("印务", "Printing"),
        "26" or "27" => ("化工", "Chemicals"),
        "29" => ("塑胶", "Plastics"),
        "31" => ("钢业", "Steel"),
        "33" => ("金属", "Metalware"),
        "34" => ("机械", "Machinery"),
        "35" => ("精密", "Precision"),
        "36" => ("汽配", "Auto Parts"),
        "38" => ("电气", "Electric"),
        "39" => ("电子", "Electronics"),
        "40" => ("仪表", "Instruments"),
        _ => ("工贸", "Industries"),
    };
}

/// <summary>How a place is written in a firm's name.</summary>
internal sealed record Place(string Zh, string En);
