using System.Globalization;

namespace ClusterPulse.Reference;

/// <summary>A currency of ISO 4217.</summary>
/// <param name="Code">The three-letter code, such as <c>CNY</c>.</param>
/// <param name="MinorUnits">
/// Decimal places of an amount in minor units, by ISO and not by custom: 2 for CNY, 0 for JPY, 3 for KWD.
/// </param>
/// <param name="NameZh">The Chinese name.</param>
/// <param name="NameEn">The English name.</param>
public sealed record Currency(string Code, int MinorUnits, string NameZh, string NameEn);

/// <summary>The currencies, by three-letter code.</summary>
public sealed class CurrencyTable : CodeTable<Currency>
{
    private CurrencyTable(IEnumerable<Currency> entries)
        : base(entries, currency => currency.Code)
    {
    }

    internal static CurrencyTable Load() => new(EmbeddedTable
        .Read("currencies", "code", "minor_units_iso", "name_zh", "name_en")
        .Select(row => new Currency(
            Code: row[0],
            MinorUnits: int.Parse(row[1], CultureInfo.InvariantCulture),
            NameZh: row[2],
            NameEn: row[3])));
}
