using System.Globalization;
using System.Text;
using ClusterPulse.V1;

namespace ClusterPulse.SystemTests.Cluster;

/// <summary>What a soak has seen.</summary>
internal sealed class SoakSummary(int seed, IReadOnlyCollection<string> firing)
{
    private readonly SortedDictionary<string, List<TimeSpan>> _faults = new(StringComparer.Ordinal);
    private TimeSpan _longestWait;

    public long Acknowledged { get; set; }

    public long Lost { get; set; }

    public long Doubled { get; set; }

    public double Drift { get; set; }

    public int Gauges { get; set; }

    public int ExportedTwice { get; set; }

    public AuditResult? Audit { get; set; }

    public List<string> Flaps { get; } = [];

    /// <summary>Answers that no fault explains, and the first differences from what was acknowledged.</summary>
    public List<string> Unexpected { get; } = [];

    public bool IsClean => Lost == 0 && Doubled == 0 && Drift == 0 && ExportedTwice == 0 && Audit is { Differences: 0, Cells: > 0, FigureDifferences: 0, Figures: > 0 }
        && Flaps.Count == 0 && Unexpected.Count == 0 && Acknowledged > 0 && Gauges > 0 && firing.Count > 0;

    public void Add(string fault, TimeSpan back)
    {
        if (!_faults.TryGetValue(fault, out var all))
            _faults.Add(fault, all = []);
        all.Add(back);
    }

    public void Waited(TimeSpan longest) => _longestWait = longest;

    public override string ToString()
    {
        var text = new StringBuilder(FormattableString.Invariant($"Soak, seed {seed}\n"));
        text.Append("  clocks of the silos: 30 minutes late, right, 30 minutes early\n");
        foreach (var (fault, times) in _faults)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"  {fault,-36} {times.Count,3} times, full service after at most {times.Max().TotalSeconds,5:F1} s\n");
        }
        text.Append(CultureInfo.InvariantCulture, $"  reports acknowledged {Acknowledged}, lost {Lost}, doubled {Doubled}; longest wait for an answer {_longestWait.TotalSeconds:F1} s\n");
        text.Append(CultureInfo.InvariantCulture, $"  audit: {Audit?.Places} places, {Audit?.Cells} cells, {Audit?.Differences} differences; {Audit?.Figures} indicators, {Audit?.FigureDifferences} differences; drift {Drift}\n");
        text.Append(CultureInfo.InvariantCulture, $"  places with gauges {Gauges}, not exported exactly once {ExportedTwice}\n");
        text.Append(CultureInfo.InvariantCulture, $"  alerts firing throughout {firing.Count}, flaps {Flaps.Count}\n");
        foreach (var line in Flaps.Concat(Unexpected))
            text.Append(CultureInfo.InvariantCulture, $"  ! {line}\n");
        foreach (var sample in Audit?.Samples ?? [])
            text.Append(CultureInfo.InvariantCulture, $"  ! {sample}\n");
        foreach (var sample in Audit?.FigureSamples ?? [])
            text.Append(CultureInfo.InvariantCulture, $"  ! {sample}\n");
        return text.ToString();
    }
}
