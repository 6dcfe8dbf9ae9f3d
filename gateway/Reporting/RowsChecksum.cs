using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace ClusterPulse.Gateway.Reporting;

/// <summary>What a receipt says its rows were: a sender that has kept them can prove it, whoever asks.</summary>
internal static class RowsChecksum
{
    /// <summary>SHA-256, hexadecimal, over rows from one on, each with its length before it.</summary>
    public static string Of(RepeatedField<V1.Report> reports, int skip)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var buffer = new MemoryStream();
        for (var i = skip; i < reports.Count; i++)
        {
            buffer.SetLength(0);
            reports[i].WriteDelimitedTo(buffer);
            hash.AppendData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
