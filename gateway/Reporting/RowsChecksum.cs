using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace ClusterPulse.Gateway.Reporting;

/// <summary>What a receipt says its rows were: a sender that has kept them can prove it, whoever asks.</summary>
internal static class RowsChecksum
{
    private const int BufferBytes = 16 << 10;

    /// <summary>SHA-256, hexadecimal, over rows from one on, each with its length before it.</summary>
    public static string Of(RepeatedField<V1.Report> reports, int skip)
    {
        using var hash = SHA256.Create();
        using (var hashed = new CryptoStream(Stream.Null, hash, CryptoStreamMode.Write))
        // One for all rows: each has a buffer of its own.
        using (var rows = new CodedOutputStream(hashed, BufferBytes, leaveOpen: true))
        {
            for (var i = skip; i < reports.Count; i++)
                rows.WriteMessage(reports[i]);
        }
        return Convert.ToHexStringLower(hash.Hash!);
    }
}
