using ClusterPulse.Reference;

namespace ClusterPulse.Cli.Files.Cells;

/// <summary>The code tables that files are read with: loaded once, never changed.</summary>
internal static class CodeTables
{
    /// <summary>All code tables.</summary>
    public static ReferenceData Reference { get; } = ReferenceData.Load();

    /// <summary>Currencies of ISO 4217.</summary>
    public static CurrencyTable Currencies => Reference.Currencies;
}
