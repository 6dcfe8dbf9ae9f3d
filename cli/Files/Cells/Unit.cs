using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace ClusterPulse.Cli.Files.Cells;

/// <summary>What a unit counts.</summary>
internal enum UnitKind
{
    /// <summary>A multiple alone, such as 万: of what, the file says elsewhere.</summary>
    Multiple,

    /// <summary>Money of a currency.</summary>
    Money,

    /// <summary>People.</summary>
    Persons,
}

/// <summary>A unit as files carry it, such as 万美元.</summary>
/// <param name="Kind">What it counts.</param>
/// <param name="Currency">ISO 4217 code of money, else empty.</param>
/// <param name="Power">It is this power of ten of the currency's main unit, or of one person: 4 for 万. At most 12.</param>
internal readonly partial record struct Unit(UnitKind Kind, string Currency, int Power)
{
    private const int MostPower = 12;

    private static readonly Dictionary<char, int> Numerals = new() { ['十'] = 1, ['百'] = 2, ['千'] = 3, ['仟'] = 3, ['万'] = 4, ['萬'] = 4, ['亿'] = 8, ['億'] = 8 };

    private static readonly Dictionary<string, int> Multiples = new(StringComparer.Ordinal)
    {
        ["THOUSAND"] = 3, ["THOUSANDS"] = 3, ["K"] = 3, ["'000"] = 3, ["000"] = 3, ["1000"] = 3, ["1,000"] = 3, ["MIGLIAIA"] = 3, ["MILA"] = 3, ["10000"] = 4,
        ["MILLION"] = 6, ["MILLIONS"] = 6, ["MN"] = 6, ["MIO"] = 6, ["M"] = 6, ["MILIONI"] = 6, ["BILLION"] = 9, ["BILLIONS"] = 9, ["BN"] = 9, ["WAN"] = 4, ["YI"] = 8,
    };

    private static readonly Dictionary<string, string> Currencies = new(StringComparer.Ordinal)
    {
        ["元"] = "CNY", ["人民币"] = "CNY", ["人民币元"] = "CNY", ["RMB"] = "CNY", ["YUAN"] = "CNY", ["RENMINBI"] = "CNY", ["¥"] = "CNY",
        ["美元"] = "USD", ["美金"] = "USD", ["US$"] = "USD", ["$"] = "USD", ["DOLLAR"] = "USD", ["DOLLARS"] = "USD",
        ["欧元"] = "EUR", ["EURO"] = "EUR", ["EUROS"] = "EUR", ["€"] = "EUR", ["日元"] = "JPY", ["YEN"] = "JPY",
        ["港元"] = "HKD", ["港币"] = "HKD", ["HK$"] = "HKD", ["英镑"] = "GBP", ["£"] = "GBP", ["韩元"] = "KRW",
        ["新台币"] = "TWD", ["新台币元"] = "TWD", ["台币"] = "TWD", ["NT$"] = "TWD", ["新加坡元"] = "SGD", ["新元"] = "SGD", ["澳门元"] = "MOP", ["瑞士法郎"] = "CHF",
    };

    private static readonly HashSet<string> People = ["人", "名", "PERSON", "PERSONS", "PEOPLE", "EMPLOYEES", "EMPLOYEE", "HEADCOUNT", "HEADS", "PERS", "PERSONE", "ADDETTI"];

    private static readonly HashSet<string> Fillers = ["OF", "DI", "IN", "CURRENT"];

    /// <summary>Reads 千元, 万美元, 百万元, 亿元, 欧元, 万人, thousand CNY, USD million, EUR, persons, and multiples alone.</summary>
    public static bool TryParse(string text, [MaybeNullWhen(false)] out Unit unit)
    {
        var plain = CellText.Fold(text).ToUpperInvariant();
        unit = default;
        if (plain.StartsWith("单位", StringComparison.Ordinal))
            plain = plain[2..].TrimStart(':', ' ');
        if (plain.Length is 0 or > 40)
            return false;
        return TryChinese(plain, out unit) || TryWords(plain, out unit);
    }

    /// <summary>As files write it in Chinese.</summary>
    public override string ToString()
    {
        var currency = Currency;
        var noun = Kind switch
        {
            UnitKind.Persons => "人",
            UnitKind.Money => Currencies.FirstOrDefault(c => c.Value == currency && c.Key[^1] >= '\u4E00').Key ?? currency,
            _ => "",
        };
        return Numeral(Power) + noun;
    }

    private static bool TryChinese(string text, out Unit unit)
    {
        if (text.StartsWith("人民币", StringComparison.Ordinal) && text.Length > 3)
            text = text[3..];
        var (at, power) = (0, 0);
        while (at < text.Length && Numerals.TryGetValue(text[at], out var more))
            (at, power) = (at + 1, power + more);
        return Make(text[at..], power, hasMultiple: at > 0, out unit);
    }

    private static bool TryWords(string text, out Unit unit)
    {
        var (power, noun, hasMultiple) = (0, "", false);
        unit = default;
        foreach (var word in Separators().Split(text))
        {
            if (word.Length == 0 || Fillers.Contains(word))
                continue;
            if (Multiples.TryGetValue(word, out var more))
                (power, hasMultiple) = (power + more, true);
            else if (noun.Length == 0)
                noun = word;
            else
                return false;
        }
        return Make(noun, power, hasMultiple, out unit);
    }

    private static bool Make(string noun, int power, bool hasMultiple, out Unit unit)
    {
        unit = default;
        if (power > MostPower)
            return false;
        if (noun.Length == 0)
            unit = new(UnitKind.Multiple, "", power);
        else if (People.Contains(noun))
            unit = new(UnitKind.Persons, "", power);
        else if (Currencies.TryGetValue(noun, out var currency))
            unit = new(UnitKind.Money, currency, power);
        else if (CodeTables.Currencies.TryGet(noun, out var known))
            unit = new(UnitKind.Money, known.Code, power);
        else
            return false;
        return noun.Length > 0 || hasMultiple;
    }

    private static string Numeral(int power) => power switch
    {
        0 => "", 1 => "十", 2 => "百", 3 => "千", 4 => "万", 5 => "十万", 6 => "百万", 7 => "千万", 8 => "亿", 9 => "十亿", 10 => "百亿", 11 => "千亿", _ => "万亿",
    };

    [GeneratedRegex(@"[\s.\-_]+", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();
}
