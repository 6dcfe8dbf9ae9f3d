using System.Globalization;
using ClusterPulse.Aggregation;
using ClusterPulse.Indicators;
using ClusterPulse.Reference;
using ClusterPulse.Regions;
using CsvHelper;

namespace ClusterPulse.Cli.Indicators;

/// <summary>Figures as CSV, one a line. See docs/facts-as-csv.md.</summary>
internal sealed class FigureFile(TextWriter writer, ReferenceData reference) : IDisposable
{
    private const string IndustryLabel = "industry=";

    private static readonly string[] Columns = ["indicator", "level", "code", "industry", "period", "label", "value", "status"];

    private readonly CsvWriter _csv = new(writer, CultureInfo.InvariantCulture, leaveOpen: true);

    /// <summary>Lines written.</summary>
    public long Figures { get; private set; }

    public void WriteHeader() => WriteLine(Columns);

    public void Write(string place, PlaceFigure figure)
    {
        var code = Places.Code(place);
        var level = Places.IsRegion(place) && reference.Regions.TryGet(code, out var region)
            ? Enum.GetName(region.Level)!.ToLowerInvariant()
            : "estate";
        var labels = figure.Figure.Labels.Split(',').ToLookup(l => l.StartsWith(IndustryLabel, StringComparison.Ordinal));
        WriteLine(
        [
            figure.Indicator, level, code, labels[true].FirstOrDefault()?[IndustryLabel.Length..] ?? "", figure.Period.ToString(),
            string.Join(',', labels[false]),
            figure.Figure.Value is { } value ? value.ToString("R", CultureInfo.InvariantCulture) : "",
            figure.Figure.Value is null ? Reason(figure.Figure.Reason) : Enum.GetName(figure.Status)!.ToUpperInvariant(),
        ]);
        Figures++;
    }

    public void Dispose() => _csv.Dispose();

    private void WriteLine(string[] fields)
    {
        foreach (var field in fields)
            _csv.WriteField(field);
        _csv.NextRecord();
    }

    private static string Reason(Unavailable reason) => reason switch
    {
        Unavailable.Suppressed => "SUPPRESSED",
        Unavailable.Incomplete => "INCOMPLETE",
        Unavailable.NoDenominator => "NO_DENOMINATOR",
        Unavailable.NoRate => "NO_RATE",
        _ => "NOT_APPLICABLE",
    };
}
