using System.Globalization;

namespace ClusterPulse.Benchmarks.Comparison;

/// <summary>A subject whose figures are live, and that comes back by itself after it was killed.</summary>
internal interface ILiveSubject : ISubject
{
    /// <summary>All gauges as they are now.</summary>
    Task<Gauges> ReadGaugesAsync();

    /// <summary>Opens streams of changes of figures, which are read until they are disposed.</summary>
    Watchers Watch(int count);

    /// <summary>Kills its processes, but not its database.</summary>
    Task KillAsync();

    /// <summary>Starts them again; returns once they say that they serve.</summary>
    Task RestartAsync();
}

/// <summary>What a scrape showed.</summary>
/// <param name="Series">Values by name and labels.</param>
/// <param name="Took">How long it took.</param>
internal sealed record Gauges(IReadOnlyDictionary<string, double> Series, TimeSpan Took)
{
    private const string Period = "clusterpulse_period_timestamp_seconds{";

    /// <summary>Made beside the figures, when there is time.</summary>
    private const string Reason = "clusterpulse_change_reason_info{";

    public static Gauges Of(IEnumerable<string> lines, TimeSpan took)
    {
        var series = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            // name{labels} value [timestamp]; no label of ours holds "} ".
            var end = line.LastIndexOf("} ", StringComparison.Ordinal) is var brace and >= 0 ? brace + 1 : line.IndexOf(' ', StringComparison.Ordinal);
            var value = line.AsSpan(end + 1);
            if (value.IndexOf(' ') is var stamp and > 0)
                value = value[..stamp];
            series[line[..end]] = double.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture);
        }
        return new(series, took);
    }

    /// <summary>Which measure of which place is at a month.</summary>
    public IReadOnlyList<string> At(int month)
    {
        var start = new DateTimeOffset(World.Begin.AddMonths(month).ToDateTime(default), TimeSpan.Zero).ToUnixTimeSeconds();
        return [.. Series.Where(s => s.Key.StartsWith(Period, StringComparison.Ordinal) && s.Value == start).Select(s => s.Key)];
    }

    /// <summary>Which series of another scrape are not here with the same value, with both values; reasons apart.</summary>
    public IReadOnlyList<string> Missing(Gauges other) =>
    [
        .. other.Series.Where(s => !s.Key.StartsWith(Reason, StringComparison.Ordinal) && !(Series.TryGetValue(s.Key, out var value) && value.Equals(s.Value)))
            .Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key} {s.Value:R} now {(Series.TryGetValue(s.Key, out var value) ? value : double.NaN):R}")),
    ];
}
