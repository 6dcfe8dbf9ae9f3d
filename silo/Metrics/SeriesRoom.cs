using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;

namespace ClusterPulse.Silo.Metrics;

/// <summary>
/// For how many series a <see cref="OpenTelemetry.Metrics.MeterProvider"/> has room, gauge by gauge. The provider takes the memory for
/// all of them at once, some 100 bytes each, and keeps the place of a series that has ended; one series too many goes into an overflow.
/// So there is room for twice what there is, and a provider that has no more is replaced.
/// </summary>
internal sealed class SeriesRoom
{
    /// <summary>Of any gauge, so that what comes in piece by piece is not a new provider each time.</summary>
    internal const int Least = 500;

    private readonly Dictionary<string, Taken> _gauges = new(StringComparer.Ordinal);

    private sealed record Taken(int Limit)
    {
        public HashSet<ulong> Series { get; } = [];
    }

    /// <summary>Room for these series and as many again.</summary>
    public SeriesRoom(IReadOnlyDictionary<string, List<Measurement<double>>> series)
    {
        foreach (var (gauge, measurements) in series)
            _gauges.Add(gauge, new(Math.Max(Least, 2 * measurements.Count)));
        Take(series);
    }

    /// <summary>How many series of the gauge fit in.</summary>
    public int Limit(string gauge) => _gauges.TryGetValue(gauge, out var taken) ? taken.Limit : Least;

    /// <summary>Counts these series in, as far as they are new.</summary>
    /// <returns>Whether all of them fit in.</returns>
    public bool Take(IReadOnlyDictionary<string, List<Measurement<double>>> series)
    {
        var fits = true;
        foreach (var (gauge, measurements) in series)
        {
            ref var taken = ref CollectionsMarshal.GetValueRefOrAddDefault(_gauges, gauge, out _);
            taken ??= new(Least);
            foreach (var measurement in measurements)
                taken.Series.Add(Hash(measurement.Tags));
            fits &= taken.Series.Count <= taken.Limit;
        }
        return fits;
    }

    private static ulong Hash(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = 0ul;
        foreach (var tag in tags)
            hash = (hash * 0x9E37_79B9_7F4A_7C15) + (uint)HashCode.Combine(tag.Key, tag.Value);
        return hash;
    }
}
