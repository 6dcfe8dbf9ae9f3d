using ClusterPulse.Cli.Files.Cells;
using ClusterPulse.V1;

namespace ClusterPulse.Cli.Registry;

/// <summary>Words in cells, Chinese and English.</summary>
internal static class CellWords
{
    private static readonly Dictionary<string, EnterpriseSize> Sizes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["large"] = EnterpriseSize.Large, ["大型"] = EnterpriseSize.Large, ["大"] = EnterpriseSize.Large,
        ["medium"] = EnterpriseSize.Medium, ["中型"] = EnterpriseSize.Medium, ["中"] = EnterpriseSize.Medium,
        ["small"] = EnterpriseSize.Small, ["小型"] = EnterpriseSize.Small, ["小"] = EnterpriseSize.Small,
        ["micro"] = EnterpriseSize.Micro, ["微型"] = EnterpriseSize.Micro, ["微"] = EnterpriseSize.Micro,
    };

    private static readonly Dictionary<string, EstateRank> Ranks = new(StringComparer.OrdinalIgnoreCase)
    {
        ["national"] = EstateRank.Nation, ["国家级"] = EstateRank.Nation,
        ["provincial"] = EstateRank.Province, ["省级"] = EstateRank.Province,
        ["local"] = EstateRank.Local, ["市级"] = EstateRank.Local, ["县级"] = EstateRank.Local,
    };

    private static readonly Dictionary<string, bool> Flags = new(StringComparer.OrdinalIgnoreCase)
    {
        ["1"] = true, ["true"] = true, ["yes"] = true, ["是"] = true,
        ["0"] = false, ["false"] = false, ["no"] = false, ["否"] = false,
    };

    private static readonly Dictionary<string, RowChange> Changes = new(StringComparer.OrdinalIgnoreCase)
    {
        [""] = RowChange.Register, ["register"] = RowChange.Register, ["登记"] = RowChange.Register, ["新增"] = RowChange.Register,
        ["update"] = RowChange.Update, ["变更"] = RowChange.Update, ["更正"] = RowChange.Update,
        ["move"] = RowChange.Update, ["迁移"] = RowChange.Update, ["迁入"] = RowChange.Update, ["搬迁"] = RowChange.Update,
        ["close"] = RowChange.Close, ["注销"] = RowChange.Close, ["关闭"] = RowChange.Close,
        ["merge"] = RowChange.Merge, ["合并"] = RowChange.Merge, ["被合并"] = RowChange.Merge,
    };

    public static EnterpriseSize? Size(string word) => Sizes.TryGetValue(word, out var known) ? known : null;

    public static EstateRank? Rank(string word) => Ranks.TryGetValue(word, out var known) ? known : null;

    public static bool? Flag(string word) => Flags.TryGetValue(word, out var known) ? known : null;

    public static RowChange? Change(string word) => Changes.TryGetValue(word, out var known) ? known : null;

    /// <summary>An enterprise's name from a code as files have it: the scheme by its length where it is not given.</summary>
    public static string Enterprise(string code)
    {
        if (code.Length == 0 || code.StartsWith("enterprises/", StringComparison.Ordinal))
            return code;
        const int UsccLength = 18;
        const int OrgLength = 9;
        const int LeiLength = 20;
        const int PivaLength = 11;
        // An organisation code is printed with a hyphen before its check digit.
        var plain = code.Length == OrgLength + 1 && code[^2] == '-' ? code.Remove(OrgLength - 1, 1) : code;
        var scheme = plain.Length switch { UsccLength => "uscc-", OrgLength => "org-", LeiLength => "lei-", PivaLength => "piva-", _ => "" };
        return "enterprises/" + (plain.Contains('-', StringComparison.Ordinal) ? plain : scheme + plain.ToUpperInvariant());
    }

    /// <summary>A month as the API writes it, where it is one; else the text itself, of which the server says what is wrong.</summary>
    public static string Month(string text)
    {
        PeriodText.Read(text, out var month);
        return month;
    }
}

/// <summary>What a row says of an enterprise.</summary>
internal enum RowChange
{
    /// <summary>The whole profile.</summary>
    Register,

    /// <summary>What its cells that are not empty say; the rest stays.</summary>
    Update,

    /// <summary>It is closed from the month on.</summary>
    Close,

    /// <summary>It is closed, and the successor takes it over.</summary>
    Merge,
}
