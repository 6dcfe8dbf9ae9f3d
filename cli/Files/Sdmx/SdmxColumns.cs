using ClusterPulse.Cli.Files.Cells;
using ClusterPulse.Cli.Files.Mapping;
using ClusterPulse.Cli.Files.Rows;

namespace ClusterPulse.Cli.Files.Sdmx;

/// <summary>Columns of SDMX-CSV 2.0 for the structure that <c>docs/sdmx</c> publishes.</summary>
internal static class SdmxColumns
{
    /// <summary>The structure that rows name, whatever its minor version.</summary>
    public const string StructureId = "CLUSTERPULSE:REPORTS(1.";

    private static readonly Dictionary<string, FileField> Components = new(StringComparer.Ordinal)
    {
        ["STRUCTURE"] = FileField.Structure, ["STRUCTURE_ID"] = FileField.StructureId, ["ACTION"] = FileField.Action,
        ["FREQ"] = FileField.Frequency, ["ENTERPRISE"] = FileField.Enterprise, ["FEED"] = FileField.Feed,
        ["COUNTERPART_KIND"] = FileField.CounterpartKind, ["COUNTERPART"] = FileField.Counterpart, ["TIME_PERIOD"] = FileField.Period,
        ["OBS_VALUE"] = FileField.Value, ["UNIT_MEASURE"] = FileField.Unit, ["UNIT_MULT"] = FileField.UnitMultiplier,
        ["BASIS"] = FileField.Basis, ["OBS_STATUS"] = FileField.Status, ["REVISION"] = FileField.Revision, ["NIL"] = FileField.Nil,
        ["CONTRACTED"] = FileField.Contracted, ["PROJECT_COUNT"] = FileField.ProjectCount, ["ULTIMATE_SOURCE"] = FileField.UltimateSource,
        ["INVESTOR"] = FileField.Investor, ["COMMENT_OBS"] = FileField.Note,
    };

    private static readonly FileField[] Required =
        [FileField.StructureId, FileField.Action, FileField.Enterprise, FileField.Feed, FileField.Period, FileField.Value];

    /// <summary>Whether a line is the header of an SDMX-CSV 2.0 file.</summary>
    /// <param name="header">Its cells, without the columns of a file of rejects.</param>
    public static bool AreIn(IEnumerable<string> header) =>
        header.FirstOrDefault() is { } first && Id(first) == "STRUCTURE";

    /// <summary>The columns by their ids.</summary>
    /// <exception cref="Server.CommandFailure">One that must be there is not.</exception>
    public static FileMapping Map(IReadOnlyList<string> header, string file)
    {
        var columns = header.Select(h => new ColumnMapping(h, Components.TryGetValue(Id(h), out var field) ? field : null)).ToList();
        var missing = Required.Except(columns.Where(c => c.Field is not null).Select(c => c.Field!.Value)).ToList();
        if (missing.Count == 0)
            return new() { Columns = columns };
        var ids = string.Join(", ", missing.Select(m => Components.First(c => c.Value == m).Key));
        throw FileTrouble.NoHeader(file, $"SDMX-CSV 2.0: {ids}");
    }

    /// <summary>The id where labels stand beside ids, as <c>FEED: Feed of the report</c>.</summary>
    public static string Id(string cell)
    {
        var text = CellText.Fold(cell);
        if (text.StartsWith("STRUCTURE[", StringComparison.Ordinal))
            return "STRUCTURE";
        var at = text.IndexOf(": ", StringComparison.Ordinal);
        return at < 0 ? text : text[..at];
    }
}
