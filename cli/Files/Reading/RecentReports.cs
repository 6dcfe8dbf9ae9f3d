using System.IO.Hashing;
using System.Runtime.InteropServices;
using ClusterPulse.V1;

namespace ClusterPulse.Cli.Files.Reading;

/// <summary>
/// Which reports a file had so far, so that a second one is not taken for a revision of the first. It looks back over half a million
/// reports or more, so that memory does not grow with the file.
/// </summary>
internal sealed class RecentReports
{
    private const int Generation = 500_000;

    private HashSet<ulong> _now = [];
    private HashSet<ulong> _before = [];

    /// <summary>False where the same was there already.</summary>
    public bool Add(FileAction action, Report report)
    {
        var key = XxHash3.HashToUInt64(
            MemoryMarshal.AsBytes<char>(report.Enterprise), ((long)report.Feed << 48) ^ ((long)action << 40) ^ report.Revision);
        key ^= XxHash3.HashToUInt64(MemoryMarshal.AsBytes<char>(report.Period), (long)key);
        if (_before.Contains(key) || !_now.Add(key))
            return false;
        if (_now.Count >= Generation)
        {
            (_before, _now) = (_now, _before);
            _now.Clear();
        }
        return true;
    }
}
