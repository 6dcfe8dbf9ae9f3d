using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using ClusterPulse.Aggregation;
using ClusterPulse.Facts;
using ClusterPulse.Ingest;
using ClusterPulse.Reference;

namespace ClusterPulse.Enterprises;

/// <summary>Whose values are compared with each other: a feed of one industry division and size, in one currency.</summary>
public readonly record struct PeerGroup(Feed Feed, string Division, EnterpriseSize Size, string Currency);

/// <summary>
/// Values that enterprises of this silo have committed, by which a newcomer's are judged: an enterprise with a value of its own in the
/// months before is judged by that alone (<see cref="SoftChecks"/>). The modified z-score of Iglewicz and Hoaglin, How to Detect and
/// Handle Outliers (1993), of logarithms, since sizes of firms are spread by factors. Enterprises are spread over silos by a hash, so those
/// of one silo are a fair sample of all. Memory is bounded: of each group the newest value of some enterprises, chosen by hash, and of
/// groups only so many. A silo that has just started knows nobody and judges nobody.
/// </summary>
public sealed class PeerValues
{
    /// <summary>Fewer others are no measure.</summary>
    public const int FewestPeers = 20;

    /// <summary>Modified z-scores beyond this, either way, are outliers.</summary>
    public const double Threshold = 3.5;

    /// <summary>Enterprises that are remembered of a group.</summary>
    public const int MostPeers = 256;

    /// <summary>Groups that are remembered: a country has some hundred divisions, five sizes, three feeds.</summary>
    public const int MostGroups = 4_096;

    private readonly ConcurrentDictionary<PeerGroup, Peers> _groups = [];

    /// <summary>Remembers the value of a month that was committed.</summary>
    public void Observe(EnterpriseState state, ReportKey key)
    {
        if (Comparable(state, key) is not var (group, value))
            return;
        if (!_groups.TryGetValue(group, out var peers))
        {
            if (_groups.Count >= MostGroups)
                return;
            peers = _groups.GetOrAdd(group, static _ => new());
        }
        peers.Put(state.Id, value);
    }

    /// <summary>The warning about a report of an enterprise that has no value of its own to be judged by; null: none.</summary>
    /// <param name="state">As it is without the report.</param>
    /// <param name="key">Which report.</param>
    /// <param name="report">The report.</param>
    public Violation? Judge(EnterpriseState state, ReportKey key, StoredReport report)
    {
        // Nearly all have a month before, and are done here.
        if (!SoftChecks.Applies(key.Feed) || SoftChecks.HasReference(state, key.Feed, key.Period)
            || Comparable(state.WithReport(key, report), key) is not var (group, value)
            || !_groups.TryGetValue(group, out var peers) || peers.Center(state.Id) is not var (median, spread))
        {
            return null;
        }
        var distance = Math.Log(value) - median;
        // Peers that are all alike make any other look far off; less than ten times is nothing to ask about.
        if (Math.Abs(distance) < Math.Log(SoftChecks.OutlierFactor) || Math.Abs(distance) <= Threshold * spread)
            return null;
        var typical = Math.Round(Math.Exp(median)).ToString("0", CultureInfo.InvariantCulture);
        return new(SoftWarnings.Field(key.Feed), value.ToString(CultureInfo.InvariantCulture), Reasons.OutlierAmongPeers, typical);
    }

    private static (PeerGroup Group, long Value)? Comparable(EnterpriseState state, ReportKey key)
    {
        if (!SoftChecks.Applies(key.Feed) || state.ProfileAt(key.Period) is not { } profile)
            return null;
        var lines = MonthValues.Of(state, key.Feed, key.Period);
        if (lines.IsDefault || lines is not [{ Amount: > 0 } line])
            return null;
        return (new(key.Feed, IndustryScheme.Division(profile.Industry), profile.Size, line.Currency), line.Amount);
    }

    /// <summary>Logarithms of one group.</summary>
    private sealed class Peers
    {
        /// <summary>Of the normal distribution: its standard deviation by the median absolute deviation, and by the mean one.</summary>
        private const double ByMedian = 1 / 0.6745;
        private const double ByMean = 1.253314;

        private readonly Lock _gate = new();
        private readonly Dictionary<ulong, double> _values = [];
        private readonly SortedSet<ulong> _hashes = [];
        private int _changes;
        private int _changesThen = -1;
        private (double Median, double Spread) _center;

        public void Put(string enterprise, long value)
        {
            var hash = Hash(enterprise);
            lock (_gate)
            {
                if (_hashes.Count == MostPeers && hash > _hashes.Max)
                    return;
                if (_hashes.Add(hash) && _hashes.Count > MostPeers)
                {
                    _values.Remove(_hashes.Max);
                    _hashes.Remove(_hashes.Max);
                }
                _values[hash] = Math.Log(value);
                _changes++;
            }
        }

        /// <summary>Median and spread; null where there are too few others, or they tell no spread.</summary>
        public (double Median, double Spread)? Center(string but)
        {
            lock (_gate)
            {
                if (_values.Count - (_values.ContainsKey(Hash(but)) ? 1 : 0) < FewestPeers)
                    return null;
                // Sorting at each report would cost more than the report: an eighth of them anew is soon enough.
                if (_changesThen < 0 || _changes - _changesThen > _values.Count / 8)
                    (_center, _changesThen) = (Compute([.. _values.Values]), _changes);
                return _center;
            }
        }

        private static (double, double) Compute(double[] values)
        {
            var median = Median(values);
            var deviations = Array.ConvertAll(values, v => Math.Abs(v - median));
            var mean = deviations.Average();
            var middle = Median(deviations);
            return (median, middle > 0 ? middle * ByMedian : mean * ByMean);
        }

        private static double Median(double[] values)
        {
            Array.Sort(values);
            var half = values.Length / 2;
            return values.Length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
        }

        private static ulong Hash(string enterprise) => XxHash64.HashToUInt64(MemoryMarshal.AsBytes(enterprise.AsSpan()));
    }
}
