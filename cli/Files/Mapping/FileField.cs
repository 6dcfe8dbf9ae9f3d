namespace ClusterPulse.Cli.Files.Mapping;

/// <summary>What a column of a file of reports says.</summary>
internal enum FileField
{
    /// <summary>Nothing that is sent: the bureau knows it and leaves it out.</summary>
    Ignore,
    Enterprise,
    Period,
    Feed,

    /// <summary>The value of the row's feed.</summary>
    Value,
    Unit,
    Currency,
    Basis,
    Revision,
    Status,
    Nil,
    Note,

    /// <summary>What to do with the row: I, A, R, M store it, D withdraws the report.</summary>
    Action,

    // Values of feeds that have a column of their own: the wide layout.
    Output,
    Export,
    Employment,

    // Lines of fdi.
    Source,
    UltimateSource,
    Investor,
    Utilised,
    Contracted,
    ProjectCount,

    // Lines of linkage.
    Supplier,
    SupplierCode,
    SupplierRegion,
    SupplierEconomy,
    Purchases,

    // Of SDMX-CSV alone.
    Structure,
    StructureId,
    Frequency,
    UnitMultiplier,
    CounterpartKind,
    Counterpart,
}

/// <summary>What fields have in common.</summary>
internal static class FileFields
{
    /// <summary>It holds an amount with a unit.</summary>
    public static bool IsAmount(this FileField field) => field
        is FileField.Value or FileField.Output or FileField.Export or FileField.Employment or FileField.Utilised or FileField.Contracted or FileField.Purchases;

    /// <summary>An amount in it makes a report, or a line of one.</summary>
    public static bool MakesReport(this FileField field) => field.IsAmount() && field != FileField.Contracted;

    /// <summary>The field as the mapping writes it.</summary>
    public static string Word(this FileField field) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(field.ToString());
}
