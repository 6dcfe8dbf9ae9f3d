namespace ClusterPulse.Aggregation;

/// <summary>The cells of one place.</summary>
/// <param name="isEstate">The place is an estate.</param>
public sealed class CellTable(bool isEstate = false)
{
    private static readonly Dictionary<string, PeriodSeries> None = [];

    private readonly Dictionary<(Measure, string), Dictionary<string, PeriodSeries>> _series = [];

    /// <summary>The place is an estate, not a region.</summary>
    public bool IsEstate => isEstate;

    /// <summary>Series by dimension of a measure over all industries, or in one division.</summary>
    public IReadOnlyDictionary<string, PeriodSeries> Of(Measure measure, string industry = "") =>
        _series.GetValueOrDefault((measure, industry)) ?? None;

    /// <summary>Divisions in which a measure has series, in no order.</summary>
    public IEnumerable<string> Industries(Measure measure) =>
        _series.Keys.Where(k => k.Item1 == measure && k.Item2.Length > 0).Select(k => k.Item2);

    /// <summary>The amount of one cell.</summary>
    public long this[CellKey key] =>
        Of(key.Measure, key.Industry).TryGetValue(key.Dimension, out var series) ? series[key.Period] : 0;

    /// <summary>Adds, and gives the new amount.</summary>
    public long Add(in CellKey key, long amount)
    {
        if (!_series.TryGetValue((key.Measure, key.Industry), out var dimensions))
            _series.Add((key.Measure, key.Industry), dimensions = new(StringComparer.Ordinal));
        if (!dimensions.TryGetValue(key.Dimension, out var series))
            dimensions.Add(key.Dimension, series = new(key.Dimension));
        return series.Add(key.Period, amount);
    }

    /// <summary>Compact form, see <see cref="CellSums.Encode"/>.</summary>
    public byte[] Encode()
    {
        var sums = new CellSums();
        foreach (var (key, amount) in NonZero())
            sums.Add(key, amount);
        return sums.Encode();
    }

    /// <summary>The reverse of <see cref="Encode"/>.</summary>
    /// <exception cref="InvalidDataException">The bytes are not what was encoded.</exception>
    public static CellTable Decode(byte[] bytes)
    {
        var table = new CellTable();
        foreach (var (key, amount) in CellSums.Decode(bytes))
            table.Add(key, amount);
        return table;
    }

    /// <summary>All cells that are not zero.</summary>
    public IEnumerable<KeyValuePair<CellKey, long>> NonZero()
    {
        foreach (var ((measure, industry), dimensions) in _series)
        {
            foreach (var (dimension, series) in dimensions)
            {
                for (var p = series.First; p <= series.Last; p += 1)
                {
                    if (series[p] != 0)
                        yield return new(new(measure, industry, dimension, p), series[p]);
                }
            }
        }
    }
}
